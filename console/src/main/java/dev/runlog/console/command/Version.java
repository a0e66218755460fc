package dev.runlog.console.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, {@code dev} outside of one. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
    return new String[] {"runlog " + version};
  }
}
