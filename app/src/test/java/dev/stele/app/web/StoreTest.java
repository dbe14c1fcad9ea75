package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of the page, when answers and facts come in any order, late, twice or not at all. */
final class StoreTest extends ModuleFixture {
    /**
     * A server of one thread that stands at {@code server.sequence}. What is put into {@code
     * server.before} is awaited before a path is answered; the answer stands where the log was when
     * it was asked for.
     */
    private static final String SERVER =
            """
            delete globalThis.SharedWorker;
            const server = { sequence: 10, asked: [], before: {}, queue: 0 };
            const thread = (at) => ({ id: 't', projectId: 'p', title: at ? 'then' : 'now', agent: 'a', createdAt: '2026',
              status: { type: 'Idle' }, queue: server.queue, pending: 0, turns: 0 });
            const bodies = {
              overview: (at) => ({ projects: [{ id: 'p', threads: 1 }], threads: [thread(at)], version: '1' }),
              t: () => ({ thread: { ...thread(), turns: ['u'], checkpoints: [], queue: { waiting: [] } } }),
              messages: () => ({ items: [{ turnId: 'u', message: { ordinal: 1, role: 'assistant',
                body: { type: 'Speech', text: `said at ${server.sequence}` } } }] }),
              turns: () => ({ turns: [{ id: `turn at ${server.sequence}`, startedAt: '2026', state: { type: 'Open' } }] }),
              checkpoints: () => ({ checkpoints: [] }),
              health: () => ({ version: '1', sequence: server.sequence }),
            };
            globalThis.fetch = async (url) => {
              const { pathname, searchParams } = new URL(url, location.href);
              const name = pathname.split('/').at(-1);
              server.asked.push(name);
              if (name === 'events') return new Response(new ReadableStream({}));
              const at = searchParams.get('at');
              const sequence = at ?? server.sequence;
              const body = JSON.stringify(bodies[name](at));
              await server.before[name]?.(at);
              return new Response(body, { headers: { 'Stele-Sequence': sequence } });
            };
            const { Store } = await import('/assets/js/store.js');
            const store = new Store();
            const { sink } = store.stream.of;
            const fact = (event) => sink.facts([[++server.sequence, JSON.stringify({ sequence: server.sequence, event })]]);
            const chunk = () => fact({ type: 'MessageChunkReceived', turnId: 'u', ordinal: 1, text: `, ${server.sequence + 1}` });
            const until = async (holds) => {
              for (let looks = 0; !holds(); looks++) {
                if (looks > 2000) throw new Error(`in vain: ${holds}`);
                await new Promise((later) => setTimeout(later, 10));
              }
            };
            /** Lets the next answer of that name wait until what this gives is called. */
            const held = (name) => {
              let go;
              const gate = new Promise((resolve) => (go = resolve));
              server.before[name] = () => {
                delete server.before[name];
                return gate;
              };
              return go;
            };
            const count = (name) => server.asked.filter((one) => one === name).length;
            const said = () => store.messages?.items[0].message.body.text;
            const live = () => until(() => store.connection === 'live');
            const begin = async () => {
              await store.begin('t');
              sink.connection('live');
              await until(() => store.history?.turns.byId.size);
            };
            """;

    private static Object told(String script) {
        return String.valueOf(page.answer(SERVER + script));
    }

    @Test
    void facts_that_were_missed_while_everything_is_loaded_anew_are_loaded_too() {
        Object told =
                told(
                        """
                        await begin();
                        const go = held('t');
                        server.sequence = 20;
                        sink.resync();
                        await until(() => count('t') === 2);
                        server.sequence = 30;
                        sink.resync();
                        go();
                        await live();
                        chunk();
                        return [store.overview.sequence, said(), store.connection].join();
                        """);
        assertThat(told).isEqualTo("31,said at 30, 31,live");
    }

    @Test
    void everything_is_loaded_anew_until_that_has_succeeded_and_is_not_live_before() {
        Object told =
                told(
                        """
                        await begin();
                        server.before.overview = () => { throw new TypeError('no connection'); };
                        server.sequence = 20;
                        sink.resync();
                        await until(() => count('overview') >= 3);
                        const before = store.connection;
                        delete server.before.overview;
                        await live();
                        chunk();
                        return [before, said()].join();
                        """);
        assertThat(told).isEqualTo("waiting,said at 20, 21");
    }

    @Test
    void a_gap_between_facts_is_seen_and_everything_is_loaded_anew() {
        Object told =
                told(
                        """
                        await begin();
                        chunk();
                        server.sequence++;
                        chunk();
                        await live();
                        chunk();
                        chunk();
                        return said();
                        """);
        assertThat(told).isEqualTo("said at 13, 14, 15");
    }

    @Test
    void an_answer_that_was_asked_for_before_facts_were_missed_is_none() {
        Object told =
                told(
                        """
                        const go = held('turns');
                        await store.begin('t');
                        sink.connection('live');
                        await until(() => count('turns') === 1);
                        server.sequence = 20;
                        sink.resync();
                        await until(() => count('turns') === 2);
                        await until(() => store.history.turns.byId.size);
                        go();
                        await new Promise((later) => setTimeout(later, 200));
                        return [...store.history.turns.byId.keys()].join();
                        """);
        assertThat(told).isEqualTo("turn at 20");
    }

    @Test
    void an_answer_about_the_past_that_comes_late_is_not_taken_for_now() {
        Object told =
                told(
                        """
                        await begin();
                        const go = held('overview');
                        const past = store.travel(5);
                        await until(() => count('overview') === 2);
                        chunk();
                        await store.travel(null);
                        go();
                        await past;
                        chunk();
                        return [store.overview.threads.get('t').title, said(), store.at].join();
                        """);
        assertThat(told).isEqualTo("now,said at 11, 12,");
    }

    @Test
    void who_looks_at_the_past_when_facts_are_missed_follows_from_the_end_of_the_log() {
        Object told =
                told(
                        """
                        await begin();
                        await store.travel(5);
                        server.sequence = 20;
                        sink.resync();
                        await live();
                        const followed = [store.at, store.overview.sequence, store.stream.of.last];
                        chunk();
                        await store.travel(null);
                        return [...followed, said()].join();
                        """);
        assertThat(told).isEqualTo("5,5,20,said at 21");
    }

    @Test
    void a_thread_that_is_deleted_while_its_answer_is_on_its_way_is_not_shown() {
        Object told =
                told(
                        """
                        await begin();
                        await store.open(null);
                        const go = held('messages');
                        const opened = store.open('t');
                        await until(() => count('messages') === 2);
                        fact({ type: 'ThreadDeleted', threadId: 't' });
                        go();
                        await opened;
                        return [store.thread, store.missing].join();
                        """);
        assertThat(told).isEqualTo(",true");
    }

    @Test
    void the_thread_of_a_deleted_project_is_left() {
        Object told =
                told(
                        """
                        await begin();
                        fact({ type: 'ProjectDeleted', projectId: 'p' });
                        return [store.thread, store.missing].join();
                        """);
        assertThat(told).isEqualTo(",true");
    }

    @Test
    void a_thread_that_is_wanted_while_the_server_is_away_comes_when_it_is_back() {
        Object told =
                told(
                        """
                        await begin();
                        await store.open(null);
                        server.before.messages = () => { throw new TypeError('no connection'); };
                        store.open('t');
                        await until(() => count('messages') >= 3);
                        const before = store.connection;
                        delete server.before.messages;
                        await live();
                        return [before, said()].join();
                        """);
        assertThat(told).isEqualTo("connecting,said at 10");
    }

    @Test
    void what_facts_do_not_tell_is_asked_also_while_an_agent_speaks_all_the_time() {
        Object told =
                told(
                        """
                        server.queue = 1;
                        await begin();
                        server.queue = 0;
                        fact({ type: 'TurnStarted', threadId: 't', turnId: 'v', prompt: [], at: '2026' });
                        const speaking = setInterval(chunk, 20);
                        await until(() => store.overview.threads.get('t').queue === 0);
                        clearInterval(speaking);
                        return 'asked';
                        """);
        assertThat(told).isEqualTo("asked");
    }

    @Test
    void a_doubt_that_comes_with_a_late_answer_is_asked_about_too() {
        Object told =
                told(
                        """
                        await begin();
                        fact({ type: 'PromptQueued', threadId: 't', turnId: 'v', prompt: [], at: '2026' });
                        server.queue = 1;
                        const go = held('overview');
                        const loaded = store.loadOverview();
                        await until(() => count('overview') === 2);
                        fact({ type: 'TurnStarted', threadId: 't', turnId: 'v', prompt: [], at: '2026' });
                        server.queue = 0;
                        go();
                        await loaded;
                        await until(() => store.overview.threads.get('t').queue === 0);
                        return 'asked';
                        """);
        assertThat(told).isEqualTo("asked");
    }

    @Test
    void a_fact_that_cannot_be_laid_over_the_state_keeps_no_other_from_it() {
        Object told =
                told(
                        """
                        globalThis.reportError = () => {};
                        await begin();
                        fact({ type: 'ThreadStatusChanged', threadId: 't' });
                        await live();
                        chunk();
                        return said();
                        """);
        assertThat(told).isEqualTo("said at 11, 12");
    }

    @Test
    void who_answered_is_looked_up_again_when_a_question_is_called_off() {
        Object told =
                told(
                        """
                        bodies.answers = () => ({ answers: server.sequence < 11 ? [] :
                          [{ toolCallId: 'c', outcome: 'expired' }] });
                        const { Answers } = await import('/assets/js/answers.js');
                        await begin();
                        const answers = new Answers(store, () => {});
                        answers.of('u', 'c');
                        await until(() => count('answers') === 1);
                        fact({ type: 'ApprovalExpired', turnId: 'u', actionId: 'x', at: '2026' });
                        await until(() => answers.of('u', 'c'));
                        return answers.of('u', 'c').outcome;
                        """);
        assertThat(told).isEqualTo("expired");
    }

    @Test
    void of_two_questions_one_is_left_in_the_list_when_the_other_is_answered() {
        Object told =
                told(
                        """
                        await begin();
                        fact({ type: 'ThreadStatusChanged', threadId: 't',
                          status: { type: 'AwaitingApproval', turnId: 'u', actions: ['x', 'y'] } });
                        const before = store.overview.threads.get('t').pending;
                        fact({ type: 'ActionApproved', turnId: 'u', actionId: 'x', at: '2026' });
                        return [before, store.overview.threads.get('t').pending].join();
                        """);
        assertThat(told).isEqualTo("2,1");
    }

    @Test
    void the_log_shows_a_fact_once_and_loads_those_that_were_missed() {
        Object told =
                told(
                        """
                        const { Log } = await import('/assets/js/views/log.js');
                        await begin();
                        const host = document.body.appendChild(document.createElement('div'));
                        const log = new Log(host, store);
                        log.shown = true;
                        log.filter = {};
                        const stored = (sequence) => ({ sequence, event: { type: 'ThreadDeleted' } });
                        log.load = () => (log.events = [stored(14)]);
                        log.events = [stored(11)];
                        for (const sequence of [11, 12, 12, 14]) store.tell('event', stored(sequence));
                        const loaded = log.events.map((one) => one.sequence).join();
                        log.events = [stored(11)];
                        for (const sequence of [11, 12, 12]) store.tell('event', stored(sequence));
                        return [loaded, log.events.map((one) => one.sequence).join()].join(' ');
                        """);
        assertThat(told).isEqualTo("14 12,11");
    }

    @Test
    void an_older_page_of_messages_gets_what_was_said_while_it_was_on_its_way() {
        Object told =
                page.answer(
                        """
                        const { messagesOf, prepend } = await import('/assets/js/fold/messages.js');
                        const item = (turnId, ordinal, text) => ({ turnId, message: { ordinal, role: 'assistant',
                          body: { type: 'Speech', text } } });
                        const window = messagesOf('t', { items: [item('late', 1, 'now')] }, 12, true);
                        prepend(window, { items: [item('early', 1, 'before')] }, 10, [
                          { sequence: 11, event: { type: 'MessageAppended', turnId: 'early', ordinal: 2, role: 'assistant',
                            content: { type: 'Text', text: 'meanwhile' } } },
                          { sequence: 12, event: { type: 'MessageChunkReceived', turnId: 'early', ordinal: 2, text: ', more' } }]);
                        return window.items.map((one) => one.message.body.text);
                        """);
        assertThat(told).isEqualTo(List.of("before", "meanwhile, more", "now"));
    }
}
