package io.caisson.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows only point down: oci, kernel, bus, metadata and linux, ports, services and gateway, standalone. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.caisson");
    private static final List<String> SERVICES = List.of("image", "layerstore", "container", "network", "executor");
    private static final String BASE = "io.caisson.";

    @Test
    void shouldKeepTheWordsFreeOfEverythingButTheJdk() {
        check(classes()
                .that()
                .resideInAPackage("io.caisson.oci..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.caisson.oci.."));
    }

    @Test
    void shouldKeepTheKernelSmall() {
        check(classes()
                .that()
                .resideInAPackage("io.caisson.kernel..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "io.smallrye.mutiny..", "io.caisson.kernel..", "io.caisson.oci.."));
    }

    @Test
    void shouldKeepLibrariesBelowServices() {
        String[] above = Stream.concat(SERVICES.stream(), Stream.of("engine", "standalone"))
                .map(name -> BASE + name + "..")
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.caisson.bus..",
                        "io.caisson.metadata..",
                        "io.caisson.linux..",
                        "io.caisson.tar..",
                        "io.caisson.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above));
    }

    @Test
    void shouldKeepPortsFreeOfTheFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream().map(name -> BASE + name + ".api..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "org.hibernate..", "jakarta.."));
    }

    @TestFactory
    Stream<DynamicTest> shouldUseOtherServicesThroughTheirPortsOnly() {
        return SERVICES.stream()
                .map(service -> DynamicTest.dynamicTest(service, () -> {
                    String own = BASE + service;
                    check(noClasses()
                            .that()
                            .resideOutsideOfPackage(own + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(insidesOf(own)));
                }));
    }

    /** A service's packages but its port. */
    private static String[] insidesOf(String service) {
        return ALL.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.equals(service) || name.startsWith(service + "."))
                .filter(name -> !name.startsWith(service + ".api"))
                .distinct()
                .toArray(String[]::new);
    }

    /** It may look at its own sockets, nothing else. */
    @Test
    void shouldKeepTheGatewayAwayFromTheHost() {
        check(noClasses()
                .that()
                .resideInAPackage("io.caisson.engine..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.caisson.linux..", "io.caisson.standalone..")
                        .and(not(simpleName("Poll")))));
    }

    /** See {@link io.caisson.metadata.Deletion}. */
    @Test
    void shouldNeverRemoveEntitiesThroughASession() {
        check(noClasses()
                .should()
                .callMethodWhere(target(nameMatching("remove|removeAll|delete|deleteAll"))
                        .and(target(owner(assignableTo("org.hibernate.reactive.mutiny.Mutiny$Session"))))
                        .or(target(nameMatching("delete|deleteAll|deleteMultiple"))
                                .and(target(owner(
                                        assignableTo("org.hibernate.reactive.mutiny.Mutiny$StatelessSession")))))));
    }

    @Test
    void shouldKeepEntitiesInTheStores() {
        check(classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .and()
                .resideOutsideOfPackage("io.caisson.metadata..")
                .should()
                .resideInAPackage("..store..")
                .andShould()
                .haveSimpleNameEndingWith("Row"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ALL);
    }
}
