/**
 * Who may use a desk: keys for programs, sign-ins for people, tokens of an issuer, and what each of
 * them may do. It knows no HTTP.
 */
@NullMarked
package io.gapcanary.service.access;

import org.jspecify.annotations.NullMarked;
