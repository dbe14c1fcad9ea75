/** The page, driven in a real browser, and what it is made of. */
@NullMarked
package dev.stele.app.web;

import org.jspecify.annotations.NullMarked;
