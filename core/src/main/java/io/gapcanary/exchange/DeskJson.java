package io.gapcanary.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gapcanary.DeskFigures;
import io.gapcanary.Gap;
import io.gapcanary.Outcome;
import io.gapcanary.RelatedArticle;
import io.gapcanary.Totals;
import io.gapcanary.WeeklyReport;
import io.gapcanary.WireName;
import io.gapcanary.kb.Contribution;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows how the desk's records are named in JSON, in files and over HTTP.
 *
 * <p>Records are written field by field under their own names, absent values as {@code null}, times
 * in ISO 8601, constants under their {@link WireName}; the few exceptions stand below.
 */
public final class DeskJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(WireName.class, new WireNameSerializer()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .addMixIn(Outcome.class, OutcomeNames.class)
          .addMixIn(Totals.class, TotalsNames.class)
          .addMixIn(DeskFigures.class, TotalsNames.class)
          .addMixIn(Gap.class, GapNames.class)
          .addMixIn(Contribution.class, ContributionNames.class)
          .build();

  private DeskJson() {}

  /**
   * The mapper, for writing {@link Outcome}, {@link io.gapcanary.Gap}, {@link Totals} and the like.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** One line of JSON, without its end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Cannot write " + value.getClass().getSimpleName() + " as JSON", e);
    }
  }

  private interface OutcomeNames {
    @JsonProperty("case")
    String caseId();

    @JsonProperty("matches")
    @JsonSerialize(contentUsing = MatchSerializer.class)
    List<RelatedArticle> matches();

    @JsonProperty("setAside")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean setAside();
  }

  private interface GapNames {
    @JsonProperty("step")
    WeeklyReport.@Nullable Step step();

    @JsonProperty("replayed")
    Gap.@Nullable Replayed replayed();
  }

  private interface ContributionNames {
    @JsonProperty("contribution")
    double contribution();
  }

  private interface TotalsNames {
    @JsonProperty("new")
    int newOnes();
  }

  private static final class WireNameSerializer extends JsonSerializer<WireName> {
    @Override
    public void serialize(WireName value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.wireName());
    }
  }

  /** In outcomes a match names its article {@code article}; in gaps it is {@code id}. */
  private static final class MatchSerializer extends JsonSerializer<RelatedArticle> {
    @Override
    public void serialize(RelatedArticle match, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeStringField("article", match.id());
      json.writeNumberField("probability", match.probability());
      json.writeEndObject();
    }
  }
}
