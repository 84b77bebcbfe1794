/** The command line, HTTP, pages, metrics and security; it has no rule of its own. */
@NullMarked
package io.gapcanary.service;

import org.jspecify.annotations.NullMarked;
