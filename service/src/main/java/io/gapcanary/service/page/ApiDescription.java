package io.gapcanary.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gapcanary.service.http.HttpApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The API as {@code openapi.yaml} describes it, for people to read.
 *
 * @param about what holds for all of it
 * @param operations in the order of the description
 * @param schemas the forms that operations name, as YAML, by name
 */
public record ApiDescription(
    String about, List<Operation> operations, Map<String, String> schemas) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  /** Takes copies. */
  public ApiDescription {
    operations = List.copyOf(operations);
  }

  /**
   * What one method of an address does.
   *
   * @param id of its place in the page
   * @param body the forms that its body may have
   */
  public record Operation(
      String id,
      String method,
      String path,
      String summary,
      String description,
      List<Parameter> parameters,
      List<Form> body,
      List<Response> responses) {
    /** Takes copies. */
    public Operation {
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
      responses = List.copyOf(responses);
    }
  }

  /** What an address or a header may say. */
  public record Parameter(
      String name, String in, boolean required, String form, String description) {}

  /** What may come back. */
  public record Response(String status, String description, List<Form> forms) {
    /** Takes a copy. */
    public Response {
      forms = List.copyOf(forms);
    }
  }

  /**
   * How something is written.
   *
   * @param media {@code application/json}
   * @param schema the name of the form where it has one, else empty
   * @param yaml the form itself, where it has no name
   */
  public record Form(String media, String schema, String yaml) {}

  /** Reads the description. */
  static ApiDescription read() {
    try (InputStream in =
        Objects.requireNonNull(HttpApi.class.getResourceAsStream("openapi.yaml"))) {
      return of(YAML.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiDescription of(JsonNode root) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          operations.add(operation(root, path.getKey(), path.getValue(), method));
        }
      }
    }
    Map<String, String> schemas = new LinkedHashMap<>();
    root.at("/components/schemas")
        .properties()
        .forEach(schema -> schemas.put(schema.getKey(), yaml(schema.getValue())));
    return new ApiDescription(root.at("/info/description").asText(), operations, schemas);
  }

  private static Operation operation(
      JsonNode root, String path, JsonNode item, Map.Entry<String, JsonNode> method) {
    JsonNode operation = method.getValue();
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode from : List.of(item, operation)) {
      from.path("parameters").forEach(one -> parameters.add(parameter(resolved(root, one))));
    }
    List<Response> responses = new ArrayList<>();
    operation
        .path("responses")
        .properties()
        .forEach(
            response -> {
              JsonNode what = resolved(root, response.getValue());
              responses.add(
                  new Response(
                      response.getKey(),
                      what.path("description").asText(),
                      forms(what.path("content"))));
            });
    String name = method.getKey().toUpperCase(Locale.ROOT);
    return new Operation(
        (name + path).replaceAll("[^A-Za-z0-9]+", "-"),
        name,
        path,
        operation.path("summary").asText(),
        operation.path("description").asText(),
        parameters,
        forms(operation.at("/requestBody/content")),
        responses);
  }

  private static Parameter parameter(JsonNode parameter) {
    return new Parameter(
        parameter.path("name").asText(),
        parameter.path("in").asText(),
        parameter.path("required").asBoolean(),
        yaml(parameter.path("schema")),
        parameter.path("description").asText());
  }

  private static List<Form> forms(JsonNode content) {
    List<Form> forms = new ArrayList<>();
    for (Map.Entry<String, JsonNode> media : content.properties()) {
      JsonNode schema = media.getValue().path("schema");
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      forms.add(new Form(media.getKey(), name, name.isEmpty() ? yaml(schema) : ""));
    }
    return forms;
  }

  private static JsonNode resolved(JsonNode root, JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static String yaml(JsonNode node) {
    try {
      return YAML.writeValueAsString(node).replace("#/components/schemas/", "").strip();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
