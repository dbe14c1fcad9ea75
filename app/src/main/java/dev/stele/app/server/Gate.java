package dev.stele.app.server;

import dev.stele.app.config.ServerToken;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Who is let in. A page of another site can make a browser send requests here, also under a name of
 * its own that leads to this machine: so the name has to be the server's, the origin, too, and
 * nobody gets in without the token.
 */
final class Gate {
    /** The page runs what this server serves, and nothing else. */
    private static final String POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "worker-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' data:",
                    "font-src 'self'",
                    "connect-src 'self'",
                    "manifest-src 'self'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types lit-html dompurify stele");

    private static final List<HttpField> HEADERS =
            List.of(
                    new HttpField("Content-Security-Policy", POLICY),
                    new HttpField("X-Content-Type-Options", "nosniff"),
                    new HttpField("X-Frame-Options", "DENY"),
                    new HttpField("Referrer-Policy", "no-referrer"),
                    new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
                    new HttpField("Cross-Origin-Resource-Policy", "same-origin"));

    private static final String BEARER = "Bearer ";
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** Another port of this machine is the same site to browsers, and yet somebody else's. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private static final List<String> ONCE =
            List.of(
                    "Authorization",
                    "Content-Encoding",
                    "Content-Type",
                    "Idempotency-Key",
                    "Last-Event-ID",
                    "Origin",
                    FETCH_SITE,
                    "Transfer-Encoding");

    private final ServerToken token;
    private final Set<String> authorities;
    private final Set<String> origins;
    private final String cookie;
    private final boolean secure;

    /**
     * A gate.
     *
     * @param token lets in
     * @param address where the server is
     * @param names the names that it may be called by
     */
    Gate(ServerToken token, URI address, Set<String> names) {
        this.token = token;
        this.secure = "https".equals(address.getScheme());
        this.authorities = Authorities.of(names, address.getPort(), secure);
        this.origins = Authorities.origins(authorities, address.getScheme());
        this.cookie = "stele-" + address.getPort();
    }

    /** What every answer says. */
    static void secure(HttpFields.Mutable headers) {
        HEADERS.forEach(headers::put);
    }

    /** Refuses what was meant for another name, or comes from another site. */
    void requireOwn(Request request) {
        requireUnambiguous(request);
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host == null || !authorities.contains(host.toLowerCase(Locale.ROOT))) {
            throw Problem.of(
                    421, "WrongHost", "This server is reached by the address that it printed.");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean foreign = origin != null && !origins.contains(origin.toLowerCase(Locale.ROOT));
        String from = request.getHeaders().get(FETCH_SITE);
        if (foreign || (from != null && !OWN.contains(from.toLowerCase(Locale.ROOT)))) {
            throw Problem.of(403, "WrongOrigin", "Pages of other sites may not ask this server.");
        }
    }

    /** Of two answers to one question nobody knows which one counts. */
    private static void requireUnambiguous(Request request) {
        for (String name : ONCE) {
            if (request.getHeaders().getValuesList(name).size() > 1) {
                throw Problem.malformed("Send the header " + name + " but once.");
            }
        }
    }

    /** Refuses who does not show the token. */
    void requireToken(Request request) {
        if (!showsToken(request)) {
            throw Problem.of(
                    401,
                    "Unauthorized",
                    "Show the start token: 'stele serve' printed it, and the file server.json in"
                            + " the home holds it.");
        }
    }

    private boolean showsToken(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header != null) {
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    && token.is(header.substring(BEARER.length()).strip());
        }
        // Other ports of this machine can put cookies of this name beside the server's own.
        return Request.getCookies(request).stream()
                .anyMatch(one -> one.getName().equals(cookie) && token.is(one.getValue()));
    }

    /** Whether a token that came in the address is the right one; the browser keeps it then. */
    boolean admit(String shown, Response response) {
        if (!token.is(shown)) {
            return false;
        }
        Response.putCookie(
                response,
                HttpCookie.build(cookie, token.value())
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(HttpCookie.SameSite.STRICT)
                        .path("/")
                        .build());
        return true;
    }
}
