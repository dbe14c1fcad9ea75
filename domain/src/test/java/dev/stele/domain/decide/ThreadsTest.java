package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.command.DeciderError.*;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.command.OrchestrationCommand.SelectThread;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.*;
import dev.stele.domain.model.ThreadStatus;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void a_thread_opens_in_a_project_and_is_idle() {
        Spec after =
                Spec.givenCommands(createProject())
                        .when(createThread(THREAD))
                        .then(new ThreadCreated(THREAD, PROJECT, "Mending", "scripted", AT));

        assertThat(after.model().threads().get(THREAD).get().status())
                .isEqualTo(new ThreadStatus.Idle());
    }

    @Test
    void a_thread_needs_a_title_and_an_agent() {
        Spec project = Spec.givenCommands(createProject());

        project.when(new CreateThread(THREAD, PROJECT, " ", "scripted", AT))
                .thenRejected(new InvalidInput("title", "it is blank."));
        project.when(new CreateThread(THREAD, PROJECT, "Mending", "", AT))
                .thenRejected(new InvalidInput("agent", "it is blank."));
    }

    @Test
    void a_thread_needs_its_project() {
        Spec.given().when(createThread(THREAD)).thenRejected(new ProjectNotFound(PROJECT));
    }

    @Test
    void a_thread_id_is_taken_once_and_for_ever() {
        idle().when(createThread(THREAD)).thenRejected(new ThreadAlreadyExists(THREAD));
        idle().and(deleteThread())
                .when(createThread(THREAD))
                .thenRejected(new ThreadAlreadyExists(THREAD));
        idle().and(deleteProject(), createProject("p2", PATH))
                .when(createThread("t1", "p2"))
                .thenRejected(new ThreadAlreadyExists(THREAD));
    }

    @Test
    void a_quiet_thread_is_deleted_by_one_fact() {
        idle().when(deleteThread()).then(new ThreadDeleted(THREAD, AT));
    }

    @Test
    void what_is_not_there_is_neither_deleted_nor_selected() {
        Spec project = Spec.givenCommands(createProject());

        project.when(deleteThread()).thenRejected(new ThreadNotFound(THREAD));
        project.when(new SelectThread(THREAD)).thenRejected(new ThreadNotFound(THREAD));
    }

    @Test
    void people_look_at_one_thread() {
        Spec two = idle().and(createThread(SECOND_THREAD), new SelectThread(THREAD));

        Spec after =
                two.when(new SelectThread(SECOND_THREAD)).then(new ThreadSelected(SECOND_THREAD));

        assertThat(after.model().selected()).isEqualTo(SECOND_THREAD);
    }

    @Test
    void nobody_looks_at_a_deleted_thread() {
        Spec two = idle().and(createThread(SECOND_THREAD), new SelectThread(THREAD));

        assertThat(two.and(deleteThread()).model().selected()).isNull();
        assertThat(two.and(deleteProject()).model().selected()).isNull();
        assertThat(two.and(new SelectThread(SECOND_THREAD), deleteThread()).model().selected())
                .isEqualTo(SECOND_THREAD);
    }
}
