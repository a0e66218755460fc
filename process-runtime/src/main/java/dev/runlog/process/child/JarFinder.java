package dev.runlog.process.child;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the executable jars of the other modules: beside the running one, where an installation has
 * them, or in the build tree that the running code is part of.
 */
public final class JarFinder {

  private final Optional<Path> runningCode;

  /**
   * @param runningCode the running jar, or the directory of classes of a module; empty when it is
   *     not known
   */
  public JarFinder(Optional<Path> runningCode) {
    this.runningCode = runningCode.map(path -> path.toAbsolutePath().normalize());
  }

  /** Looks around the code that a class was loaded from. */
  public static JarFinder around(Class<?> running) {
    return new JarFinder(codeOf(running));
  }

  /**
   * The executable jar of a module.
   *
   * @param module name of the module, such as {@code worker}
   * @param told what the setting says, empty when it is not set
   * @param setting name of that setting, for the message
   * @throws JarMissingException when it is nowhere; the message names all places
   */
  public Path find(String module, Optional<Path> told, String setting) {
    List<Path> places = placesOf(module, told);
    return present(places)
        .orElseThrow(() -> new JarMissingException(module, places, told.isPresent(), setting));
  }

  /**
   * The path of the executable jar of a module, whether the jar is there or not: of several places
   * without it the one that the build writes to.
   *
   * @param module name of the module, such as {@code worker}
   * @param told what the setting says, empty when it is not set
   * @param setting name of that setting, for the message
   * @throws JarMissingException when it is not known where the running code is, and nothing is told
   */
  public Path placeOf(String module, Optional<Path> told, String setting) {
    List<Path> places = placesOf(module, told);
    return present(places)
        .or(() -> places.stream().reduce((earlier, later) -> later))
        .orElseThrow(() -> new JarMissingException(module, places, told.isPresent(), setting));
  }

  private static Optional<Path> present(List<Path> places) {
    return places.stream().filter(Files::isRegularFile).findFirst();
  }

  private List<Path> placesOf(String module, Optional<Path> told) {
    return told.map(List::of).orElseGet(() -> placesOf(module));
  }

  /**
   * {@code …/NAME.jar} beside the running jar, then {@code …/NAME/target/NAME.jar} beside its
   * module.
   */
  private List<Path> placesOf(String module) {
    String jar = module + ".jar";
    List<Path> places = new ArrayList<>();
    Optional<Path> directory = runningCode.flatMap(JarFinder::parent);
    directory.map(there -> there.resolve(jar)).ifPresent(places::add);
    directory
        .flatMap(JarFinder::parent)
        .flatMap(JarFinder::parent)
        .map(root -> root.resolve(Path.of(module, "target", jar)))
        .ifPresent(places::add);
    return places;
  }

  private static Optional<Path> parent(Path path) {
    return Optional.ofNullable(path.getParent());
  }

  private static Optional<Path> codeOf(Class<?> running) {
    CodeSource source = running.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | RuntimeException e) {
      // Code that is in no file of its own, such as a jar inside a jar, has no neighbours.
      return Optional.empty();
    }
  }
}
