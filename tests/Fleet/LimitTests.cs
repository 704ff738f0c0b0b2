using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NanoComm.Fleet;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Fleet
{
    /// <summary>What cannot be is said before anything begins, with the number that can.</summary>
    [TestFixture]
    [Platform("Linux")]
    public sealed class LimitTests
    {
        [TestCase("127.61.0.0/29", 6, "127.61.0.1", "127.61.0.6")]
        [TestCase("127.61.0.0/16", 65534, "127.61.0.1", "127.61.255.254")]
        [TestCase("127.61.0.7/32", 1, "127.61.0.7", "127.61.0.7")]
        [TestCase("2001:db8::/112", 65535, "2001:db8::1", "2001:db8::ffff")]
        [TestCase("2001:db8::/64", int.MaxValue, "2001:db8::1", "2001:db8::7fff:ffff")]
        public void A_network_has_its_hosts(string network, int count, string first, string last)
        {
            Assert.That(AddressRange.TryParse(network, out AddressRange range), Is.Null);
            Assert.That(range.Count, Is.EqualTo(count));
            Assert.That(range[0], Is.EqualTo(IPAddress.Parse(first)));
            Assert.That(range[count - 1], Is.EqualTo(IPAddress.Parse(last)));
        }

        [Test]
        public void An_interface_has_the_addresses_that_it_has()
        {
            Assert.That(AddressRange.TryParse("lo", out AddressRange range), Is.Null);
            Assert.That(range.IsInterface && range[0].Equals(IPAddress.Loopback));
        }

        [TestCase("127.61.0.0/33")]
        [TestCase("no-such-interface")]
        public void What_is_none_is_said(string network)
        {
            Assert.That(AddressRange.TryParse(network, out _), Does.Contain(network));
        }

        [Test]
        public void More_units_than_addresses_is_an_error_with_the_number_that_fits()
        {
            (int exitCode, string output, string error) = ToolCommand.Run("fleet", "--network", "127.61.1.0/29", "--count", "7");
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error, Does.Contain("7 units do not fit").And.Contain("--count 6").And.Match("^[^\n]+\n$"));
        }

        [Test]
        public void An_address_that_is_in_use_is_an_error_with_the_number_before_it()
        {
            using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            taken.Bind(new IPEndPoint(IPAddress.Parse("127.61.2.4"), FleetSite.Port));
            (int exitCode, _, string error) = ToolCommand.Run("fleet", "--network", "127.61.2.0/24", "--count", "10", "--port",
                FleetSite.Port.ToString());
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("127.61.2.4").And.Contain("--count 3"));
        }

        [Test]
        public void The_limit_of_open_files_is_read_as_the_kernel_writes_it()
        {
            string limits = "Limit                     Soft Limit           Hard Limit           Units     \n"
                + "Max open files            1024                 524288               files     \n";
            Assert.That(FleetLimits.ParseDescriptors(limits), Is.EqualTo(1024));
            Assert.That(FleetLimits.ParseDescriptors("Max open files            unlimited            unlimited            files"),
                Is.EqualTo(int.MaxValue));
        }

        [TestCase("--class", "mixed:70,40", "make 100")]
        [TestCase("--class", "medium", "neither low nor high")]
        [TestCase("--faults", "slow:200", "more than 100")]
        [TestCase("--faults", "broken:2", "slow:N")]
        [TestCase("--network", "127.61.0.0/33", "127.61.0.0/33")]
        [TestCase("--households", "0", "from 1 to 10000")]
        [TestCase("--data", "/no/such/folder", "no file *.csv")]
        [TestCase("--web", "8090", "not ADDR:PORT")]
        [TestCase("--addresses", "lo", "add:INTERFACE")]
        public void Bad_options_are_one_line(string option, string value, string expected)
        {
            (int exitCode, _, string error) = ToolCommand.Run("fleet", option, value, "--for", "1");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(expected).And.Contain(option));
        }

        [Test]
        public void The_page_needs_no_address()
        {
            (int exitCode, _, string error) = ToolCommand.Run("fleet", "--web", "--addresses", "add:eth0");
            Assert.That(exitCode, Is.Zero, error);
        }

        [Test]
        public void The_commands_for_an_interface_are_one_batch()
        {
            (int exitCode, string output, _) = ToolCommand.Run("fleet", "--network", "2001:db8::/64", "--count", "2", "--addresses",
                "add:eth0");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output.Split('\n'), Is.EqualTo(new[]
            {
                "ip -batch - <<'END'", "address add 2001:db8::1/128 dev eth0 nodad", "address add 2001:db8::2/128 dev eth0 nodad", "END", "",
            }));
        }

        // The longer one for a machine that is too busy to start three units in two seconds.
        [Test]
        public void A_run_tells_its_counters_as_json()
        {
            int started = 0;
            foreach (int seconds in new[] { 2, 60 }.TakeWhile(_ => started == 0))
            {
                (int exitCode, string output, _) = ToolCommand.Run("fleet", "--network", "127.61.3.0/24", "--count", "3", "--port",
                    FleetSite.Port.ToString(), "--json", "--for", $"{seconds}");
                Assert.That(exitCode, Is.Zero);
                using var report = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
                Assert.That(report.RootElement.GetProperty("units").GetInt32(), Is.EqualTo(3));
                started = report.RootElement.GetProperty("started").GetInt32() / 3;
            }

            Assert.That(started, Is.EqualTo(1));
        }
    }
}
