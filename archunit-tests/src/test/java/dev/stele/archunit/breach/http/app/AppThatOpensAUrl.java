package dev.stele.archunit.breach.http.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

class AppThatOpensAUrl {
    InputStream open(URL url) throws IOException {
        return url.openStream();
    }
}
