package io.gapcanary.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "169.254.169.254",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "fd00:ec2::254",
        "224.0.0.1",
        "255.255.255.255"
      })
  void whatIsNearIsRefused(String address) throws UnknownHostException {
    assertThat(SafeAddresses.isNear(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "10.1.2.3", "192.168.1.2", "2001:db8::1", "fd12::1"})
  void whatIsElsewhereIsNot(String address) throws UnknownHostException {
    assertThat(SafeAddresses.isNear(InetAddress.getByName(address))).isFalse();
  }
}
