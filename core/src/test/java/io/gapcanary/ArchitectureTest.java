package io.gapcanary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.gapcanary", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("slow")
class ArchitectureTest {
  @ArchTest
  static final ArchRule luceneIsKnownInTheKnowledgeBaseOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gapcanary.kb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..");

  @ArchTest
  static final ArchRule theDatabaseIsKnownInStorageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.gapcanary.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "org.sqlite..");

  @ArchTest
  static final ArchRule theCoreKnowsNoService =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.gapcanary.service..");
}
