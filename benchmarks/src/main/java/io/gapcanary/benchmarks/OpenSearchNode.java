package io.gapcanary.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of one OpenSearch node in this process: prints the HTTP port when it is there and ends
 * when standard input does.
 */
final class OpenSearchNode {
  static final String PORT = "OpenSearch listens on port ";

  private OpenSearchNode() {}

  /**
   * Starts it.
   *
   * @param args the folder of its data
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out; // the cluster takes System.out for its log
    try (OpenSearchRunner runner = new OpenSearchRunner()) {
      runner.build(
          OpenSearchRunner.newConfigs().basePath(Path.of(args[0]).toString()).numOfNode(1));
      runner.ensureYellow();
      out.println(PORT + runner.node().settings().get("http.port"));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.exit(0); // the runner leaves threads behind
  }
}
