package dev.stele.archunit.breach.http.app;

import java.net.http.HttpClient;

record AppWithAnHttpClient(HttpClient client) {}
