package dev.backstay.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.backstay.model.EngineException;

/// The walls of the house that the module system does not hold.
@AnalyzeClasses(packages = "dev.backstay", importOptions = DoNotIncludeTests.class)
class WallsTest {

  @ArchTest
  static final ArchRule modelKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.catalog..",
              "dev.backstay.workflow..",
              "dev.backstay.sandbox..",
              "dev.backstay.app..")
          .because("the words are shared by all rooms, so they can depend on none");

  @ArchTest
  static final ArchRule repositoryStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.repository..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.catalog..",
              "dev.backstay.workflow..",
              "dev.backstay.sandbox..",
              "java.sql..",
              "software.amazon..",
              "io.kubernetes..")
          .because("it is usable on its own as a Java library: no Kubernetes, no SQL");

  @ArchTest
  static final ArchRule clusterStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.catalog..",
              "dev.backstay.workflow..",
              "dev.backstay.sandbox..")
          .because("repository, cluster and catalog never see each other: workflow joins them");

  @ArchTest
  static final ArchRule catalogStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.catalog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.workflow..",
              "dev.backstay.sandbox..")
          .because("repository, cluster and catalog never see each other: workflow joins them");

  @ArchTest
  static final ArchRule sandboxIsOnlyAServer =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.catalog..",
              "dev.backstay.workflow..",
              "io.kubernetes..")
          .because("a double that shares code with what it doubles proves nothing");

  @ArchTest
  static final ArchRule onlyClusterTalksKubernetes =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.backstay.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.kubernetes..", "okhttp3..")
          .because("one room knows the Kubernetes client, so one room changes with it");

  @ArchTest
  static final ArchRule onlyCatalogTalksSql =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.backstay.catalog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..", "org.jdbi..")
          .because("the catalog is a cache that can be thrown away; nobody else depends on SQL");

  @ArchTest
  static final ArchRule storesKnowOnlyTheRepository =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.stores..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.cluster..",
              "dev.backstay.catalog..",
              "dev.backstay.workflow..",
              "dev.backstay.sandbox..")
          .because("a store keeps bytes by name, whoever they are for");

  @ArchTest
  static final ArchRule onlyStoresTalkToClouds =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.backstay.stores..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..")
          .because("one room knows the SDK, so one room changes with it");

  @ArchTest
  static final ArchRule appSeesTheFacade =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.catalog..")
          .because("the command line does nothing that the window could not do through the facade");

  @ArchTest
  static final ArchRule windowSeesTheFacade =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay.ui..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.backstay.repository..",
              "dev.backstay.stores..",
              "dev.backstay.cluster..",
              "dev.backstay.catalog..",
              "dev.backstay.sandbox..",
              "dev.backstay.app..")
          .because("the window talks to the facade and its records, and to nothing below");

  @ArchTest
  static final ArchRule viewModelsHaveNoControls =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
          .because("what decides is tested without a toolkit");

  @ArchTest
  static final ArchRule noToolkitBelowTheWindow =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.backstay.ui..", "dev.backstay.app.window..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx..", "org.controlsfx..")
          .because(
              "the engine and the command line never load JavaFX; the window is opened in one"
                  + " place");

  @ArchTest
  static final ArchRule oneWayToTheFxThread =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.backstay.ui.fx.FxThread")
          .should()
          .callMethod("javafx.application.Platform", "runLater", "java.lang.Runnable")
          .because(
              "what hops in one place can be replaced in one place, and nobody hops without having"
                  + " asked whether the answer is still wanted");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices()
          .matching("dev.backstay.(*)..")
          .should()
          .beFreeOfCycles()
          .because("arrows point one way");

  @ArchTest
  static final ArchRule noStaticMutableState =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.backstay..")
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .because("two windows on two clusters live in one process");

  @ArchTest
  static final ArchRule oneErrorTree =
      classes()
          .that()
          .resideInAPackage("dev.backstay..")
          .and()
          .areAssignableTo(RuntimeException.class)
          .should()
          .beAssignableTo(EngineException.class)
          .because("a presenter that knows the tree knows every error");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .that()
          .resideInAPackage("dev.backstay..")
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .because("a name like that hides what the class is for");
}
