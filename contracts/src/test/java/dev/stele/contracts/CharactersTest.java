package dev.stele.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTest {

    private static final String SMILE = "\uD83D\uDE00";

    @Test
    void text_without_lone_surrogates_stays_the_same_object() {
        String text = "plain, größer, 漢字, " + SMILE;

        assertThat(Characters.wellFormed("plain")).isSameAs("plain");
        assertThat(Characters.wellFormed(text)).isEqualTo(text);
    }

    @Test
    void a_lone_half_becomes_a_replacement_character_wherever_it_stands() {
        assertThat(Characters.wellFormed("\uD83D")).isEqualTo("\uFFFD");
        assertThat(Characters.wellFormed("\uDE00a")).isEqualTo("\uFFFDa");
        assertThat(Characters.wellFormed("a\uD83Db")).isEqualTo("a\uFFFDb");
        assertThat(Characters.wellFormed("a\uDE00\uD83D")).isEqualTo("a\uFFFD\uFFFD");
        assertThat(Characters.wellFormed("\uD83D" + SMILE)).isEqualTo("\uFFFD" + SMILE);
    }

    @Test
    void absent_text_stays_absent() {
        assertThat(Characters.wellFormedOrNull(null)).isNull();
        assertThat(Characters.wellFormedOrNull("\uD83D")).isEqualTo("\uFFFD");
    }

    @Test
    void a_quotation_is_cut_at_eighty_characters() {
        assertThat(Characters.quoted("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
        assertThat(Characters.quoted("x".repeat(81))).isEqualTo("'" + "x".repeat(79) + "…'");
    }

    @Test
    void a_quotation_is_never_cut_through_a_character() {
        String text = "x".repeat(78) + SMILE + "yz";

        assertThat(Characters.quoted(text)).isEqualTo("'" + "x".repeat(78) + "…'");
    }

    @Test
    void a_quotation_shows_no_control_character_to_a_terminal() {
        assertThat(Characters.quoted("a\u001B[2Jb\nc\u007Fd")).isEqualTo("'a?[2Jb?c?d'");
        assertThat(Characters.quoted("a\u009B31mb\u0085")).isEqualTo("'a?31mb?'");
    }
}
