package io.gapcanary.service;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built as. */
public final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Gapcanary.class.getPackage().getImplementationVersion();
    return new String[] {"gapcanary " + Objects.requireNonNullElse(version, "0.0 (not packaged)")};
  }
}
