package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a browser is told what to open. */
class ProgramsTest {
    private static final String ADDRESS = "http://127.0.0.1:7835/?token=a&b=c";

    @Test
    void every_system_gets_the_address_as_one_word_and_no_shell_reads_it() {
        assertThat(Programs.command("Linux", ADDRESS)).containsExactly("xdg-open", ADDRESS);
        assertThat(Programs.command("Mac OS X", ADDRESS)).containsExactly("open", ADDRESS);
        assertThat(Programs.command("Windows 11", ADDRESS)).doesNotContain("cmd").endsWith(ADDRESS);
    }
}
