package io.gapcanary.service.imports;

import java.io.InputStream;

/**
 * A file that is sent.
 *
 * @param name its name where it came from
 * @param content what it holds; closed by whoever opened it
 */
public record Upload(String name, InputStream content) {}
