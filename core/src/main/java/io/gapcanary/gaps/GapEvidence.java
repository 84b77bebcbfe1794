package io.gapcanary.gaps;

import io.gapcanary.RelatedArticle;
import io.gapcanary.storage.GapMember;
import io.gapcanary.storage.GapStore;
import java.time.Instant;
import java.util.List;

/**
 * What a gap's cases say together.
 *
 * @param version grows whenever the cases change; see {@link GapStore#evidence}
 * @param title the title that the questions were chosen for
 * @param weighed what the impact weighs, in the order of arrival
 * @param languages the languages of the questions, the most frequent first
 * @param versions the versions that most of its customers have, the commonest first; of a
 *     superseded gap only
 * @param related the articles nearest to its latest questions
 * @param questions some of its questions
 * @param latest the latest cases, in the order of arrival
 */
record GapEvidence(
    long version,
    String title,
    List<Weighed> weighed,
    List<String> languages,
    List<String> versions,
    List<RelatedArticle> related,
    List<String> questions,
    List<GapMember> latest) {

  Instant firstSeen(Instant otherwise) {
    return weighed.isEmpty() ? otherwise : Instant.ofEpochMilli(weighed.getFirst().at());
  }

  Instant lastSeen(Instant otherwise) {
    return weighed.isEmpty() ? otherwise : Instant.ofEpochMilli(weighed.getLast().at());
  }
}
