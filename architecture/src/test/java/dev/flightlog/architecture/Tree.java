package dev.flightlog.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The checkout: its classes as compiled, its files as they are. */
final class Tree {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Everything of ours but tests, benchmarks and examples. */
  static final JavaClasses CLASSES = classes();

  /** Folders of build output, and those that are not ours. */
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".builds", ".idea");

  private Tree() {}

  private static JavaClasses classes() {
    // Who inherits what from libraries decides no rule; resolving them takes most of the time.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(Tree::isProduct)
        .importPackages("dev.flightlog");
  }

  private static boolean isProduct(Location location) {
    return !location.contains("/dev/flightlog/benchmarks/")
        && !location.contains("/dev/flightlog/examples/")
        && !location.contains("/test/dev/");
  }

  /** The class itself, or the outermost of those it is nested in. */
  static JavaClass outermost(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.getEnclosingClass().map(Tree::outermost).orElse(base);
  }

  /** The files below the root that are no build output, with paths relative to it. */
  static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(ROOT.relativize(file));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
