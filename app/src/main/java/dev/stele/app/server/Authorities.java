package dev.stele.app.server;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of a server as requests tell them. */
final class Authorities {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Authorities() {}

    /** Names with the port; also without it where it goes without saying. */
    static Set<String> of(Set<String> names, int port, boolean secure) {
        var all = new HashSet<String>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            String host = lower.contains(":") ? "[" + lower + "]" : lower;
            all.add(host + ":" + port);
            if (port == (secure ? HTTPS : HTTP)) {
                all.add(host);
            }
        }
        return all;
    }

    /** What pages at these names tell as their origin. */
    static Set<String> origins(Set<String> authorities, String scheme) {
        var all = new HashSet<String>();
        authorities.forEach(authority -> all.add(scheme + "://" + authority));
        return all;
    }
}
