package dev.stele.domain.compact;

import static dev.stele.domain.tck.SampleTalk.beginning;
import static dev.stele.domain.tck.SampleTalk.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.MessageContent.ThinkingBlock;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadSelected;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageAppended;
import dev.stele.domain.event.OrchestrationEvent.TurnEvent.MessageChunkReceived;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.tck.SampleTalk;
import dev.stele.domain.tck.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a text is in a log, and the facts without it. */
class SecretSearchTest {

    private static final String WORD = "sk-\"live\"-4711";
    private static final TurnId TURN = new TurnId("trn-talk-1");

    private static List<OrchestrationEvent> talk(String... pieces) {
        var facts = new ArrayList<OrchestrationEvent>(beginning());
        facts.addAll(turn(1, List.of(pieces)));
        return facts;
    }

    private static SecretSearch search(List<OrchestrationEvent> facts) {
        var search = new SecretSearch(new SecretText(WORD));
        Samples.stored(facts).forEach(search::see);
        return search;
    }

    /** What the message says when the facts that were found are replaced. */
    private static String said(List<OrchestrationEvent> facts) {
        SecretSearch search = search(facts);
        var said = new StringBuilder();
        for (StoredEvent stored : Samples.stored(facts)) {
            switch (search.masked().getOrDefault(stored.sequence(), stored.event())) {
                case MessageAppended(_, _, _, MessageContent.Text(var text), _, _) ->
                        said.append(text);
                case MessageChunkReceived e -> said.append(e.text());
                case OrchestrationEvent _ -> {
                    // no words
                }
            }
        }
        return said.toString();
    }

    @Test
    void nothing_is_found_where_the_text_is_not() {
        assertThat(search(talk("sk-\"live", "\"-471", "2")).masked()).isEmpty();
    }

    @Test
    void a_text_within_one_piece_is_masked_there() {
        List<OrchestrationEvent> facts = talk("It is ", WORD + ", hush", ".");

        assertThat(search(facts).masked()).containsOnlyKeys(6L);
        assertThat(said(facts)).isEqualTo("It is [erased], hush.");
    }

    @Test
    void a_text_over_many_pieces_is_masked_where_it_begins_and_gone_from_the_others() {
        List<OrchestrationEvent> facts = talk("a sk", "-\"", "liv", "e\"-", "47", "11 b");

        assertThat(said(facts)).isEqualTo("a [erased] b");
        assertThat(search(facts).masked()).containsOnlyKeys(5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void two_texts_in_the_same_pieces_are_both_masked() {
        assertThat(said(talk("sk-\"live\"-", "4711 and sk-\"li", "ve\"-4711.")))
                .isEqualTo("[erased] and [erased].");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void a_text_is_found_wherever_the_pieces_are_cut(int longest) {
        String whole = "one " + WORD + " two " + WORD + WORD + " three";
        long seed = Long.getLong("stele.seed", 7);
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> pieces = new ArrayList<>();
            for (int at = 0; at < whole.length(); ) {
                int end = Math.min(whole.length(), at + 1 + random.nextInt(longest));
                pieces.add(whole.substring(at, end));
                at = end;
            }
            assertThat(said(talk(pieces.toArray(String[]::new))))
                    .as("seed " + seed)
                    .isEqualTo("one [erased] two [erased][erased] three");
        }
    }

    @Test
    void pieces_of_another_message_between_them_do_not_hide_it() {
        List<OrchestrationEvent> facts = talk("sk-\"live\"", "-4711");
        facts.add(6 - 1, new MessageChunkReceived(new TurnId("trn-other"), 1, "bla"));

        assertThat(search(facts).masked()).containsOnlyKeys(5L, 7L);
    }

    @Test
    void pieces_of_two_messages_are_not_read_as_one() {
        List<OrchestrationEvent> facts = talk("sk-\"live\"");
        var thought = new ThinkingBlock("-4711");
        facts.add(5, new MessageAppended(TURN, 2, Role.ASSISTANT, thought, null, Samples.AT));

        assertThat(search(facts).masked()).isEmpty();
    }

    @Test
    void a_thought_stays_a_thought() {
        List<OrchestrationEvent> facts = new ArrayList<>(beginning());
        var thought = new ThinkingBlock("I know sk-\"li");
        facts.add(new MessageAppended(TURN, 1, Role.ASSISTANT, thought, "m", Samples.AT));
        facts.add(new MessageChunkReceived(TURN, 1, "ve\"-4711"));

        assertThat(search(facts).masked().get(3L))
                .isEqualTo(
                        new MessageAppended(
                                TURN,
                                1,
                                Role.ASSISTANT,
                                new ThinkingBlock("I know [erased]"),
                                "m",
                                Samples.AT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"sk-\\\"live\\\"-4711\"}",
                "{\"raw\":\"{\\\"key\\\":\\\"sk-\\\\\\\"live\\\\\\\"-4711\\\"}\"}"
            })
    void a_text_is_found_as_json_has_it_once_and_twice(String json) {
        assertThat(said(talk("It got ", json))).doesNotContain("4711").contains("[erased]");
    }

    @Test
    void a_text_in_what_this_program_does_not_know_takes_all_of_that_with_it() {
        var search = new SecretSearch(new SecretText(WORD));
        var fact = new StoredEvent(1, new ThreadSelected(SampleTalk.THREAD), Samples.AT);

        search.see(fact, "{\"threadId\":\"thr-talk\",\"why\":\"sk-\\\"live\\\"-4711\"}");

        assertThat(search.masked()).containsOnlyKeys(1L).containsValue(fact.event());
    }
}
