/** Sends the weekly report by e-mail, through an SMTP server. */
@NullMarked
package io.gapcanary.service.mail;

import org.jspecify.annotations.NullMarked;
