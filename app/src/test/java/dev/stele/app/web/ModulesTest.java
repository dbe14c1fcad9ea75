package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.event.OrchestrationEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The page's modules that compute, each by itself, where they will run. */
final class ModulesTest extends ModuleFixture {
    @Test
    void a_comparison_of_lines_makes_the_new_text_of_the_old_one() {
        Object wrong =
                page.answer(
                        """
                        const { compare } = await import('/assets/js/diff.js');
                        let seed = given[0];
                        const random = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
                        const text = () => Array.from({ length: random(14) }, () => 'abc'[random(3)]);
                        const wrong = [];
                        for (let round = 0; round < 2000; round++) {
                          const [old, wanted] = [text(), text()];
                          const made = [];
                          let at = 0;
                          for (const row of compare(old.join('\\n'), wanted.join('\\n')).flatMap((hunk) => hunk.rows)) {
                            if (row.kind !== '+') {
                              while (at < row.before - 1) made.push(old[at++]);
                              at++;
                            }
                            if (row.kind !== '-') made.push(row.text);
                          }
                          made.push(...old.slice(at));
                          if (made.join() !== wanted.join()) wrong.push(`${old} -> ${wanted}: ${made}`);
                        }
                        return wrong;
                        """,
                        4711);
        assertThat(wrong).isEqualTo(List.of());
    }

    @Test
    void markdown_that_grows_letter_by_letter_ends_as_if_it_had_come_whole() {
        Object both =
                page.answer(
                        """
                        const { Markdown } = await import('/assets/js/markdown.js');
                        const text = given[0];
                        const grown = document.createElement('div');
                        const growing = new Markdown(grown);
                        for (let length = 1; length <= text.length; length++) growing.show(text.slice(0, length), true);
                        const before = grown.innerText;
                        growing.show(text, false);
                        const whole = document.createElement('div');
                        new Markdown(whole).show(text, false);
                        return [before === whole.innerText, grown.innerHTML === whole.innerHTML];
                        """,
                        "# One\n\nTwo *three* `four`\n\n- a\n- b\n\n  c\n\n```js\nlet x;\n\nlet y;\n```\n\n"
                                + "> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end");
        assertThat(both).isEqualTo(List.of(true, true));
    }

    @Test
    void facts_that_a_page_of_messages_knows_already_change_nothing() {
        Object text =
                page.answer(
                        """
                        const { foldMessages, messagesOf } = await import('/assets/js/fold/messages.js');
                        const message = { ordinal: 1, role: 'assistant', body: { type: 'Speech', text: 'ab' } };
                        const window = messagesOf('t', { items: [{ turnId: 'u', message }] }, 10, true);
                        for (const sequence of [9, 10, 11, 11, 12]) {
                          foldMessages(window, { sequence, event: {
                            type: 'MessageChunkReceived', turnId: 'u', ordinal: 1, text: `${sequence}` } });
                        }
                        return window.items[0].message.body.text;
                        """);
        assertThat(text).isEqualTo("ab1112");
    }

    @Test
    void every_fact_has_a_sentence() {
        Object told =
                page.answer(
                        """
                        const { TOLD } = await import('/assets/js/facts.js');
                        return TOLD;
                        """);
        assertThat(told)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(names(OrchestrationEvent.class).toList());
    }

    private static Stream<Object> names(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(ModulesTest::names)
                : Stream.of(family.getSimpleName());
    }

    @Test
    void hidden_characters_are_shown_by_signs() {
        Object shown =
                page.answer(
                        """
                        const { oneLine, visible, visibleOutput } = await import('/assets/js/text.js');
                        return [visible('a\\u202eb\\u0000c\\td\\ne\\u{e0041}'), visibleOutput('\\u001b[31mred\\u001b[0m\\u0007'),
                          oneLine('  a\\n b  '), visible('a\\u3164b\\ufe0f\\ufe01c \\u2764\\ufe0f')];
                        """);
        assertThat(shown)
                .isEqualTo(
                        List.of(
                                "a⟦RLO⟧b␀c\td\ne⟦U+E0041⟧",
                                "red␇",
                                "a b",
                                "a⟦U+3164⟧b⟦U+FE0F⟧⟦U+FE01⟧c \u2764\ufe0f"));
    }

    @Test
    void a_rule_suggests_itself_for_the_kind_of_work_and_the_folder_that_is_worked_in() {
        Object rules =
                page.answer(
                        """
                        const { offered, ruleText, suggested } = await import('/assets/js/policy.js');
                        const project = { path: '/home/ada/garden' };
                        const call = (kind, ...paths) => ({ kind, locations: paths.map((path) => ({ path })) });
                        const rule = (one) => suggested(one, project) && ruleText(suggested(one, project));
                        return [
                          rule(call('edit', '/home/ada/garden/src/a/A.java', 'src/a/b/B.java')),
                          rule(call('delete', 'top.txt')),
                          rule(call('move', 'a/x', 'b/x')),
                          rule(call('read', '/etc/passwd')),
                          rule(call('execute')),
                          rule(call('other', 'src/A.java')),
                          offered(call('edit', 'src/A.java'), project),
                          offered(call('other', 'src/A.java'), project),
                        ];
                        """);
        assertThat(rules)
                .isEqualTo(
                        Arrays.asList(
                                "allow:edit:src/a/**",
                                "allow:delete:top.txt",
                                "allow:move",
                                "allow:read:/etc/**",
                                "allow:execute",
                                null,
                                "Allow edits of src/** from now on…",
                                null));
    }

    @Test
    void what_an_agent_tells_of_its_session_is_read_whatever_it_is() {
        Object told =
                page.answer(
                        """
                        const { commandsOf, settingsOf, takesImages } = await import('/assets/js/session.js');
                        const opened = JSON.stringify({
                          modes: { currentModeId: 'ask', availableModes: [{ id: 'ask', name: 'Ask first' }] },
                          models: { currentModelId: 'm2', availableModels: [{ modelId: 'm2', name: 'Large' }] },
                        });
                        const options = JSON.stringify({ configOptions: [
                          { id: 'effort', name: 'Effort', currentValue: 'h', options: [{ value: 'h', name: 'High' }] }, null] });
                        const odd = ['{', '[]', 'null', '7', '{"availableCommands":{},"modes":[],"configOptions":3,"models":null}'];
                        return [
                          settingsOf({ raw: { 'session/new': opened, config_option_update: options } }).map(String),
                          settingsOf({ raw: { 'session/new': opened }, modeId: 'wild' }).map(String),
                          odd.flatMap((raw) => [...settingsOf({ raw: { 'session/new': raw, config_option_update: raw } }),
                            ...commandsOf({ raw: { available_commands_update: raw } })]),
                          takesImages({}), takesImages({ raw: { initialize: '{"agentCapabilities":{}}' } }),
                        ];
                        """);
        assertThat(told)
                .isEqualTo(
                        List.of(
                                List.of("mode,Ask first", "model,Large", "effort,High"),
                                List.of("mode,wild", "model,Large"),
                                List.of(),
                                true,
                                false));
    }
}
