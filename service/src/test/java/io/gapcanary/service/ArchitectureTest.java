package io.gapcanary.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/**
 * The service's own rules, and those of all three modules, since only here are all of them on the
 * class path.
 */
@AnalyzeClasses(packages = "io.gapcanary", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("slow")
class ArchitectureTest {
  @ArchTest
  static final ArchRule theServiceKnowsNeitherTheIndexNorTheDatabase =
      noClasses()
          .that()
          .resideInAPackage("io.gapcanary.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.lucene..",
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.flywaydb..",
              "org.sqlite..");

  @ArchTest
  static void packagesAreNamedForWhatTheyHold(JavaClasses classes) {
    assertThat(packagesOf(classes))
        .noneMatch(
            name ->
                name.matches(
                    ".*\\.(util|utils|common|impl|internal|model|dto|helper|misc)(\\..*)?"));
  }

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    assertThat(packagesOf(classes))
        .allSatisfy(
            name ->
                assertThat(classes.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as("package-info of %s has @NullMarked", name)
                    .isTrue());
  }

  private static Set<String> packagesOf(JavaClasses classes) {
    return classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
  }
}
