package io.gapcanary.kb;

/** Newton's method with step halving, for convex functions of few variables. */
final class Newton {
  private static final int STEPS = 25;

  private Newton() {}

  /** A convex function. */
  interface Loss {
    double at(double[] x);

    /** Adds its first and second derivatives to arrays of zeros. */
    void derivatives(double[] x, double[] gradient, double[][] hessian);
  }

  /** Where it is least, from a starting point. */
  static double[] minimise(Loss loss, double[] start) {
    double[] x = start.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[x.length];
      double[][] hessian = new double[x.length][x.length];
      loss.derivatives(x, gradient, hessian);
      if (!descend(loss, x, solve(hessian, gradient))) {
        break;
      }
    }
    return x;
  }

  /** Goes the whole step, or the half of it, or the quarter: as far as that leads down. */
  private static boolean descend(Loss loss, double[] x, double[] step) {
    double before = loss.at(x);
    double[] tried = new double[x.length];
    for (double share = 1; share > 1e-3; share /= 2) {
      for (int j = 0; j < x.length; j++) {
        tried[j] = x[j] - share * step[j];
      }
      if (loss.at(tried) < before) {
        System.arraycopy(tried, 0, x, 0, x.length);
        return true;
      }
    }
    return false;
  }

  /** Gaussian elimination; the matrix is positive definite. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int r = i + 1; r < n; r++) {
        double factor = a[r][i] / a[i][i];
        for (int c = i; c < n; c++) {
          a[r][c] -= factor * a[i][c];
        }
        x[r] -= factor * x[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int c = i + 1; c < n; c++) {
        x[i] -= a[i][c] * x[c];
      }
      x[i] /= a[i][i];
    }
    return x;
  }
}
