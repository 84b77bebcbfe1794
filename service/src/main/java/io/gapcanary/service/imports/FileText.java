package io.gapcanary.service.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads the text of a file that does not say in which character set it is: by its mark, else as
 * UTF-8, else as Korean spreadsheets and editors write (code page 949).
 */
final class FileText {
  private static final Charset KOREAN = Charset.forName("MS949");

  private FileText() {}

  /**
   * The text.
   *
   * @throws UnreadableFileException when it is none
   */
  static String of(byte[] bytes) {
    if (beginsWith(bytes, 0xFF, 0xFE) || beginsWith(bytes, 0xFE, 0xFF)) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    int mark = beginsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer text = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    for (int i = 0; i < Math.min(bytes.length, 8000); i++) {
      if (bytes[i] == 0) {
        throw new UnreadableFileException(FileReason.FILE_NOT_TEXT.flaw());
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return korean(text);
    }
  }

  private static String korean(ByteBuffer text) {
    try {
      return KOREAN.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException(FileReason.FILE_OF_NO_CHARACTER_SET.flaw(), e);
    }
  }

  private static boolean beginsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
