package io.gapcanary.service.http;

import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.NotFoundException;
import io.gapcanary.WithdrawnGapException;
import io.javalin.http.Context;

/** The gap that an address names. */
public final class GapLookup {
  private GapLookup() {}

  /**
   * The gap of the path's {@code id}.
   *
   * @throws WithdrawnGapException when it is a gap no more
   * @throws NotFoundException when there never was one
   */
  public static Gap require(GapBoard board, Context context) {
    String id = context.pathParam("id");
    return board.find(id).orElseThrow(() -> absent(board, id));
  }

  private static RuntimeException absent(GapBoard board, String id) {
    return board
        .findWithdrawn(id)
        .<RuntimeException>map(WithdrawnGapException::new)
        .orElseGet(() -> new NotFoundException("There is no gap " + Parameters.shown(id)));
  }
}
