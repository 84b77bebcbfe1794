package io.gapcanary.service;

/** The program. */
public final class Gapcanary {
  private Gapcanary() {}

  /** Runs the program with the arguments of the command line. */
  public static void main(String[] args) {
    System.out.println("gapcanary " + String.join(" ", args));
  }
}
