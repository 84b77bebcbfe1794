package io.gapcanary.kb;

import java.util.List;

/**
 * Turns texts into vectors whose cosine tells how near their meanings are. Supplied by the caller;
 * implementations must be thread-safe.
 */
public interface TextEmbedder extends AutoCloseable {

  /** Words of fewer letters are near too many others to be told from slips without a vocabulary. */
  int SHORT_WORD = 7;

  /** What a text is for: some models want to be told. */
  enum Role {
    QUESTION,
    PASSAGE
  }

  /** The model's name; vectors of different names are never compared. */
  String name();

  /** The length of its vectors. */
  int dimension();

  /**
   * Whether the model was made for a language. Text of another is never embedded.
   *
   * @param language a BCP 47 primary tag
   */
  boolean understands(String language);

  /**
   * Embeds texts.
   *
   * @return one vector of unit length a text, in order
   * @throws EmbeddingException when the model cannot be asked
   */
  List<float[]> embed(List<String> texts, Role role);

  /**
   * Whether the model takes a word for a whole one, so that it is no slip of the keyboard. A model
   * that cannot tell takes short ones for such.
   *
   * @param word Latin letters, in lower case
   */
  default boolean knowsWord(String word) {
    return word.length() < SHORT_WORD;
  }

  @Override
  default void close() {}
}
