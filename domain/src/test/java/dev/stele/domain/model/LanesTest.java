package dev.stele.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.OperationId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Lanes.Work;
import dev.stele.domain.model.Lanes.Work.OperationWork;
import dev.stele.domain.model.Lanes.Work.TurnWork;
import io.vavr.collection.Vector;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static Lanes of(String... directories) {
        Lanes lanes = Lanes.EMPTY;
        for (String directory : directories) {
            lanes =
                    lanes.plus(
                            new TurnWork(
                                    new Place(directory, null),
                                    new TurnId("u" + lanes.nextTicket())));
        }
        return lanes;
    }

    private static List<String> ready(Lanes lanes) {
        return lanes.ready().map(Work::directory).asJava();
    }

    @Test
    void nobody_works_at_first() {
        assertThat(Lanes.EMPTY.ready()).isEmpty();
        assertThat(Lanes.EMPTY.nextTicket()).isEqualTo(1);
        assertThat(Lanes.EMPTY.isReady(1)).isFalse();
    }

    @Test
    void work_in_other_directories_runs_side_by_side() {
        assertThat(ready(of("/a", "/b", "/ab"))).containsExactly("/a", "/b", "/ab");
    }

    @Test
    void work_in_one_directory_runs_in_the_order_of_its_requests() {
        Lanes lanes = of("/a", "/a", "/a");

        assertThat(lanes.isReady(1)).isTrue();
        assertThat(lanes.isReady(2)).isFalse();
        assertThat(lanes.minus(1).isReady(2)).isTrue();
        assertThat(lanes.minus(1).isReady(3)).isFalse();
        assertThat(lanes.minus(1).minus(2).isReady(3)).isTrue();
    }

    @Test
    void nested_directories_are_one_lane() {
        assertThat(ready(of("/a/b", "/a", "/a/c"))).containsExactly("/a/b");
        assertThat(ready(of("/a", "/a/b", "/a/c"))).containsExactly("/a");
        assertThat(ready(of("/a/b", "/a/c", "/a"))).containsExactly("/a/b", "/a/c");
    }

    /** Else a stream of work in the parts would keep the whole waiting for ever. */
    @Test
    void work_waits_also_for_older_work_that_waits_itself() {
        Lanes lanes = of("/a/b", "/a", "/a/c");

        assertThat(lanes.isReady(3)).isFalse();
        assertThat(ready(lanes.minus(1))).containsExactly("/a");
        assertThat(ready(lanes.minus(2))).containsExactly("/a/b", "/a/c");
    }

    @Test
    void a_place_is_never_given_twice() {
        Lanes lanes = of("/a", "/b").minus(2).minus(1);

        assertThat(lanes.open()).isEmpty();
        assertThat(lanes.nextTicket()).isEqualTo(3);
        assertThat(lanes.plus(work("/c")).isReady(3)).isTrue();
    }

    private static Work work(String directory) {
        return new OperationWork(new Place(directory, null), new OperationId("o1"));
    }

    @Test
    void an_unknown_place_is_not_ready_and_is_not_missed() {
        Lanes lanes = of("/a");

        assertThat(lanes.isReady(7)).isFalse();
        assertThat(lanes.minus(7)).isEqualTo(lanes);
    }

    @Test
    void all_work_that_a_condition_names_is_taken_out() {
        Lanes lanes = of("/a", "/b", "/a").minusAll(work -> work.directory().equals("/a"));

        assertThat(ready(lanes)).containsExactly("/b");
        assertThat(lanes.nextTicket()).isEqualTo(4);
    }

    @Test
    void what_is_ready_is_the_same_asked_one_by_one_or_all_at_once() {
        long seed = 11L;
        var random = new Random(seed);
        List<String> directories = List.of("/", "/a", "/a/b", "/a/b/c", "/ab", "/d", "/d/e");
        for (int round = 0; round < 500; round++) {
            Lanes lanes = Lanes.EMPTY;
            for (int i = 0; i < 12; i++) {
                lanes = lanes.plus(work(directories.get(random.nextInt(directories.size()))));
                lanes = random.nextInt(3) == 0 ? lanes.minus(1L + random.nextInt(12)) : lanes;
            }
            Lanes now = lanes;
            Vector<Work> oneByOne = now.open().filterKeys(now::isReady).values().toVector();

            assertThat(now.ready()).as("seed %d, round %d", seed, round).isEqualTo(oneByOne);
        }
    }

    @Test
    void the_same_path_on_two_nodes_is_two_lanes_and_without_a_node_it_is_in_both() {
        Lanes lanes = Lanes.EMPTY;
        for (String node : new String[] {"alpha", "beta", "alpha"}) {
            lanes = lanes.plus(turnOn(new Place("/a", node), lanes));
        }
        assertThat(lanes.isReady(1)).isTrue();
        assertThat(lanes.isReady(2)).isTrue();
        assertThat(lanes.isReady(3)).isFalse();
        assertThat(lanes.ready()).hasSize(2);

        lanes = lanes.plus(turnOn(new Place("/a/b", null), lanes)).minus(1).minus(3);
        assertThat(lanes.isReady(4)).isFalse();
        assertThat(lanes.minus(2).isReady(4)).isTrue();
    }

    private static TurnWork turnOn(Place place, Lanes lanes) {
        return new TurnWork(place, new TurnId("u" + lanes.nextTicket()));
    }
}
