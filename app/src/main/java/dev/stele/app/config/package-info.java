/** Where Stele keeps its things, and what people can set. */
@NullMarked
package dev.stele.app.config;

import org.jspecify.annotations.NullMarked;
