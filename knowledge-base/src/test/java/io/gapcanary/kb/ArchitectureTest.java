package io.gapcanary.kb;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.gapcanary", importOptions = ImportOption.DoNotIncludeTests.class)
@ArchTag("slow")
class ArchitectureTest {
  @ArchTest
  static final ArchRule theKnowledgeBaseKnowsNothingElseOfGapcanary =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.gapcanary..").and(not(resideInAPackage("io.gapcanary.kb.."))));

  @ArchTest
  static final ArchRule noCallerSeesALuceneType =
      classes().that().arePublic().should(showNoTypeOf("org.apache.lucene"));

  /** Whoever knows them cannot be linked in a program that does with words only. */
  @ArchTest
  static final ArchRule onlyTheGraphAndItsEncoderKnowOptionalLibraries =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.gapcanary\\.kb\\.Onnx(Encoder|Graphs)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.djl..", "dev.langchain4j..");

  /**
   * What is public or protected in a class, its parents included, and names a type of a package.
   */
  private static ArchCondition<JavaClass> showNoTypeOf(String packageName) {
    return new ArchCondition<>("show no type of " + packageName) {
      @Override
      public void check(JavaClass shown, ConditionEvents events) {
        Stream.concat(Stream.of(shown), shown.getAllRawSuperclasses().stream())
            .filter(type -> type.getPackageName().startsWith("io.gapcanary"))
            .flatMap(type -> type.getMembers().stream())
            .filter(ArchitectureTest::isShown)
            .forEach(
                member -> reportAll(member.getFullName(), member.getAllInvolvedRawTypes(), events));
        Set<JavaClass> parents = new HashSet<>(shown.getAllRawInterfaces());
        parents.addAll(shown.getAllRawSuperclasses());
        reportAll(shown.getFullName(), parents, events);
      }

      private void reportAll(String where, Set<JavaClass> types, ConditionEvents events) {
        for (JavaClass type : types) {
          boolean forbidden = type.getBaseComponentType().getPackageName().startsWith(packageName);
          if (forbidden) {
            events.add(SimpleConditionEvent.violated(type, where + " shows " + type.getFullName()));
          }
        }
      }
    };
  }

  private static boolean isShown(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
