package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The stream of facts on its way from the server through the shared worker to a window. */
final class StreamTest extends ModuleFixture {
    private static final String TOOLS =
            """
            const until = async (holds) => {
              for (let looks = 0; !holds(); looks++) {
                if (looks > 2000) throw new Error(`in vain: ${holds}`);
                await new Promise((later) => setTimeout(later, 10));
              }
            };
            const heard = [];
            const sink = {
              facts: (facts) => heard.push(...facts.map(([sequence]) => sequence)),
              resync: () => heard.push('resync'),
              renewed: () => heard.push('renewed'),
              connection: (state) => (sink.state = state),
            };
            const count = (what) => heard.filter((one) => one === what).length;
            """;

    /** Streams of a server whose log has {@code head} facts; they take no notice of an abort. */
    private static final String SERVER =
            """
            const server = { head: 0, streams: [] };
            globalThis.fetch = async (url, { signal } = {}) => {
              const { pathname, searchParams } = new URL(url, location.href);
              if (pathname === '/api/health') return new Response(JSON.stringify({ version: '1', sequence: server.head }));
              const stream = { after: Number(searchParams.get('after')), signal };
              const body = new ReadableStream({ start: (controller) => (stream.controller = controller) });
              const bytes = new TextEncoder();
              stream.tell = (...sequences) => stream.controller.enqueue(bytes.encode(
                sequences.map((sequence) => `id: ${sequence}\\ndata: {}\\n\\n`).join('')));
              server.streams.push(stream);
              return new Response(body);
            };
            const { Feed } = await import('/assets/js/feed.js');
            """;

    /** A worker that does what a test does. */
    private static final String WORKER =
            """
            const workers = [];
            globalThis.SharedWorker = class extends EventTarget {
              constructor() {
                super();
                const { port1, port2 } = new MessageChannel();
                this.port = port1;
                this.got = [];
                port2.onmessage = ({ data }) => this.got.push(data);
                this.say = (data) => port2.postMessage(data);
                workers.push(this);
              }
            };
            const locks = new Map();
            Object.defineProperty(navigator, 'locks', { value: { request: (name, ...all) => {
              const then = all.at(-1);
              return name.startsWith('stele-window') ? then() && new Promise(() => {}) : locks.set(name, then) && new Promise(() => {});
            } } });
            const { Stream } = await import('/assets/js/stream.js');
            """;

    private static Object told(String... scripts) {
        return String.valueOf(page.answer(TOOLS + String.join("", scripts)));
    }

    @Test
    void a_shorter_log_is_told_of_once_and_read_when_somebody_says_from_where_on() {
        Object told =
                told(
                        SERVER,
                        """
                        const feed = new Feed(sink);
                        server.head = 10;
                        feed.start(10, '1');
                        await until(() => server.streams.length === 1);
                        server.head = 5;
                        server.streams[0].controller.close();
                        await until(() => count('resync'));
                        await new Promise((later) => setTimeout(later, 1000));
                        const before = [count('resync'), server.streams.length];
                        feed.start(5);
                        await until(() => server.streams.length === 2);
                        server.streams[1].tell(6);
                        await until(() => heard.includes(6));
                        return [...before, server.streams[1].after, ...heard].join();
                        """);
        assertThat(told).isEqualTo("1,1,5,resync,6");
    }

    @Test
    void a_stream_with_a_gap_keeps_no_connection() {
        Object told =
                told(
                        SERVER,
                        """
                        server.head = 9;
                        new Feed(sink).start(0, '1');
                        await until(() => server.streams.length === 1);
                        server.streams[0].tell(1, 2);
                        await until(() => heard.length === 2);
                        server.streams[0].tell(5);
                        await until(() => server.streams[0].signal.aborted);
                        return heard.join();
                        """);
        assertThat(told).isEqualTo("1,2,resync");
    }

    @Test
    void a_piece_of_the_stream_before_is_not_told_behind_another_place() {
        Object told =
                told(
                        SERVER,
                        """
                        server.head = 9;
                        const feed = new Feed(sink);
                        feed.start(7, '1');
                        await until(() => server.streams.length === 1);
                        await until(() => sink.state === 'live');
                        feed.start(3);
                        server.streams[0].tell(8, 9);
                        await until(() => server.streams.length === 2);
                        server.streams[1].tell(4, 5);
                        await until(() => heard.includes(5));
                        return heard.join();
                        """);
        assertThat(told).isEqualTo("4,5");
    }

    @Test
    void a_window_gives_up_its_worker_once() {
        Object told =
                told(
                        SERVER,
                        WORKER,
                        """
                        server.head = 4;
                        const stream = new Stream(sink);
                        stream.start(4, '1');
                        for (let times = 0; times < 3; times++) workers[0].dispatchEvent(new Event('error'));
                        await until(() => server.streams.length);
                        await new Promise((later) => setTimeout(later, 300));
                        return [workers.length, server.streams.length].join();
                        """);
        assertThat(told).isEqualTo("1,1");
    }

    @Test
    void a_window_whose_worker_has_died_is_not_live_until_there_is_another() {
        Object told =
                told(
                        SERVER,
                        WORKER,
                        """
                        const hello = (lock) => ({ type: 'hello', lock, state: 'live', round: 0 });
                        const stream = new Stream(sink);
                        workers[0].say(hello('first'));
                        await until(() => sink.state === 'live');
                        stream.start(4, '1');
                        locks.get('first')();
                        const states = [sink.state];
                        // The server is away, too: so the worker's script cannot be had, and is asked for again.
                        workers[1].dispatchEvent(new Event('error'));
                        await until(() => workers.length === 3);
                        states.push(sink.state);
                        workers[2].say(hello('third'));
                        await until(() => sink.state === 'live');
                        await until(() => workers[2].got.some(({ type, after }) => type === 'follow' && after === 4));
                        return [...states, server.streams.length].join();
                        """);
        assertThat(told).isEqualTo("connecting,connecting,0");
    }

    @Test
    void a_window_that_comes_back_looks_for_a_worker_since_its_own_may_have_died_meanwhile() {
        Object told =
                told(
                        SERVER,
                        WORKER,
                        """
                        const hello = (lock) => ({ type: 'hello', lock, state: 'live', round: 0 });
                        const stream = new Stream(sink);
                        workers[0].say(hello('first'));
                        await until(() => sink.state === 'live');
                        stream.start(4, '1');
                        stream.goOn();
                        stream.rest();
                        stream.goOn();
                        await until(() => workers.length === 2);
                        const { state } = sink;
                        workers[1].say(hello('second'));
                        await until(() => workers[1].got.some(({ type, after }) => type === 'follow' && after === 4));
                        const here = [...workers[0].got, ...workers[1].got].filter(({ type }) => type === 'here');
                        return [state, workers.length, new Set(here.map(({ lock }) => lock)).size].join();
                        """);
        assertThat(told).isEqualTo("connecting,2,2");
    }

    @Test
    void a_window_that_says_where_it_stood_before_facts_were_missed_loads_anew() {
        Object told =
                told(
                        SERVER,
                        """
                        server.head = 10;
                        await import('/assets/js/shared.js');
                        const window = () => {
                          const { port1, port2 } = new MessageChannel();
                          const got = [];
                          port2.onmessage = ({ data }) => got.push(data);
                          self.dispatchEvent(new MessageEvent('connect', { ports: [port1] }));
                          return { got, say: (data) => port2.postMessage(data),
                            heard: (type) => until(() => got.some((one) => one.type === type)) };
                        };
                        const [first, second] = [window(), window()];
                        await Promise.all([first.heard('hello'), second.heard('hello')]);
                        const { round } = first.got[0];
                        first.say({ type: 'follow', after: 10, version: '1', round });
                        await until(() => server.streams.length === 1);
                        server.streams[0].tell(99);
                        await first.heard('resync');
                        second.say({ type: 'follow', after: 10, version: '1', round });
                        await second.heard('resync');
                        server.head = 5;
                        first.say({ type: 'follow', after: 5, version: '1', round: round + 1 });
                        await until(() => server.streams.length === 2);
                        return server.streams[1].after;
                        """);
        assertThat(told).isEqualTo("5");
    }

    @Test
    void an_answer_that_breaks_off_did_not_reach_anybody() {
        Object told =
                told(
                        """
                        globalThis.fetch = async () => new Response(new ReadableStream({
                          start: (controller) => controller.error(new TypeError('broken off')) }));
                        const { get } = await import('/assets/js/api.js');
                        return get('/api/overview').catch(({ status }) => status);
                        """);
        assertThat(told).isEqualTo("0");
    }

    @Test
    void what_cannot_be_drawn_keeps_nothing_else_from_being_drawn() {
        Object told =
                told(
                        """
                        globalThis.reportError = () => {};
                        const { frame } = await import('/assets/js/frame.js');
                        let drawn = 'not drawn';
                        frame('wrong', () => { throw new Error('cannot be drawn'); });
                        frame('right', () => (drawn = 'drawn'));
                        await new Promise((later) => setTimeout(later, 400));
                        return drawn;
                        """);
        assertThat(told).isEqualTo("drawn");
    }
}
