package io.gapcanary.service.webhook;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves the names of receivers, and refuses those of which any address is this computer's own or
 * its link's (where clouds keep their instances' credentials). It is asked for the very addresses
 * that are then connected to, so that a name that means another address the next moment is of no
 * use.
 */
final class SafeAddresses implements SocketAddressResolver {
  private final boolean toThisComputer;
  private final Executor executor;

  SafeAddresses(boolean toThisComputer, Executor executor) {
    this.toThisComputer = toThisComputer;
    this.executor = executor;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    executor.execute(
        () -> {
          try {
            promise.succeeded(
                Arrays.stream(require(InetAddress.getAllByName(host)))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList());
          } catch (UnknownHostException | RefusedAddressException e) {
            promise.failed(e);
          }
        });
  }

  private InetAddress[] require(InetAddress[] addresses) throws RefusedAddressException {
    for (InetAddress address : addresses) {
      if (!toThisComputer && isNear(address)) {
        throw new RefusedAddressException();
      }
    }
    return addresses;
  }

  /** Whether an address is of this computer or its link, or of no single receiver. */
  static boolean isNear(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (bytes[0] == 0 && bytes.length == 4)
        || (bytes[0] == -1 && bytes.length == 4)
        || isAmazonsOwn(bytes)
        || embedsNear(bytes);
  }

  /** {@code fd00:ec2::254}, which answers with the credentials of an instance. */
  private static boolean isAmazonsOwn(byte[] bytes) {
    return bytes.length == 16
        && (bytes[0] & 0xff) == 0xfd
        && bytes[1] == 0
        && bytes[2] == 0x0e
        && (bytes[3] & 0xff) == 0xc2;
  }

  /**
   * An IPv4 address within {@code 64:ff9b::/96} or {@code 2002::/16}, which a network may unwrap.
   */
  private static boolean embedsNear(byte[] bytes) {
    if (bytes.length != 16) {
      return false;
    }
    boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff;
    boolean tunnelled = bytes[0] == 0x20 && bytes[1] == 0x02;
    int at = translated ? 12 : 2;
    try {
      return (translated || tunnelled)
          && isNear(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Thrown for an address that must not be reached. */
  static final class RefusedAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedAddressException() {
      super(
          "The address is this computer's own or its link's: set webhookPrivate if it is to be told");
    }
  }
}
