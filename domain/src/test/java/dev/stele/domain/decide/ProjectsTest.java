package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ProjectId;
import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.CreateProject;
import dev.stele.domain.command.OrchestrationCommand.DeleteProject;
import dev.stele.domain.command.OrchestrationCommand.RenameProject;
import dev.stele.domain.event.OrchestrationEvent.ProjectEvent.*;
import dev.stele.domain.model.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectsTest {

    @Test
    void a_directory_becomes_a_project() {
        Spec.given().when(createProject()).then(new ProjectCreated(PROJECT, "Stele", PATH, AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void a_project_needs_a_name(String blank) {
        var invalid = new InvalidInput("name", "it is blank.");

        Spec.given().when(new CreateProject(PROJECT, blank, PATH, AT)).thenRejected(invalid);
        idle().when(new RenameProject(PROJECT, blank)).thenRejected(invalid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "work/stele", "./stele", "~/stele", "C:", "C:stele"})
    void a_project_needs_an_absolute_path(String path) {
        Spec.given()
                .when(new CreateProject(PROJECT, "Stele", path, AT))
                .thenRejected(new InvalidInput("path", "it is not an absolute path."));
    }

    @Test
    void a_project_id_is_taken_once() {
        idle().when(createProject("p1", "/other")).thenRejected(new ProjectAlreadyExists(PROJECT));
    }

    @Test
    void the_id_of_a_deleted_project_stays_taken() {
        idle().and(deleteProject())
                .when(createProject("p1", "/other"))
                .thenRejected(new ProjectAlreadyExists(PROJECT));
    }

    @Test
    void a_directory_belongs_to_one_project() {
        idle().when(createProject("p2", PATH))
                .thenRejected(new DuplicateProjectPath(PATH, PROJECT));
    }

    @Test
    void the_directory_of_a_deleted_project_is_free_again() {
        idle().and(deleteProject())
                .when(createProject("p2", PATH))
                .then(new ProjectCreated(new ProjectId("p2"), "Another", PATH, AT));
    }

    @Test
    void a_directory_inside_another_project_is_a_project_of_its_own() {
        idle().when(createProject("p2", PATH + "/sub"))
                .then(new ProjectCreated(new ProjectId("p2"), "Another", PATH + "/sub", AT));
    }

    @Test
    void a_project_gets_another_name() {
        Spec after =
                idle().when(new RenameProject(PROJECT, "Granite"))
                        .then(new ProjectRenamed(PROJECT, "Granite"));

        assertThat(after.model().projects().get(PROJECT).get().name()).isEqualTo("Granite");
        assertThat(after.model().projectAt(new Place(PATH, null))).isEqualTo(PROJECT);
    }

    @Test
    void what_is_not_there_is_neither_renamed_nor_deleted() {
        Spec.given()
                .when(new RenameProject(PROJECT, "Granite"))
                .thenRejected(new ProjectNotFound(PROJECT));
        Spec.given()
                .when(new DeleteProject(PROJECT, AT))
                .thenRejected(new ProjectNotFound(PROJECT));
    }

    @Test
    void a_quiet_project_is_deleted_by_one_fact() {
        idle().when(deleteProject()).then(new ProjectDeleted(PROJECT, AT));
    }
}
