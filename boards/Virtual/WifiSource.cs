using System;
using System.Net;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators.Wifi;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Virtual
{
    /// <summary>The simulated Wi-Fi: the unit's radio, the access point around it with its faults, and the address that
    /// comes and goes with them.</summary>
    internal sealed class WifiSource : IDisposable
    {
        private readonly WifiOptions _options;
        private readonly RealAirClock _clock = new();
        private readonly Changes _changes;

        private WifiSource(WifiOptions options, int port, bool share, ILog log, Changes changes)
        {
            _options = options;
            _changes = changes;
            AccessPoint = new SimulatedAccessPoint(_clock, Encoding.UTF8.GetBytes(options.Ssid), PassphraseOf(options.Passphrase),
                options.Address);
            Radio = new SimulatedWifi(AccessPoint, log);
            Slot = new AddressSlot(log);
            Radio.AddressChanged += address => Follow(address, port, share);
            foreach (WifiFault fault in options.Faults)
            {
                _clock.At(fault.From, () => Set(fault.Kind, true));
                _clock.At(fault.To, () => Set(fault.Kind, false));
            }
        }

        /// <summary>The access point.</summary>
        public SimulatedAccessPoint AccessPoint { get; }

        /// <summary>The unit's radio.</summary>
        public SimulatedWifi Radio { get; }

        /// <summary>The unit's port.</summary>
        public AddressSlot Slot { get; }

        /// <summary>Makes it; null without Wi-Fi.</summary>
        /// <param name="options">What the user asked for.</param>
        /// <param name="log">Takes diagnostics.</param>
        /// <param name="changes">Wakes who looks at address and signal.</param>
        public static WifiSource Open(Options options, ILog log, Changes changes)
        {
            return options.Wifi is null ? null : new WifiSource(options.Wifi, options.Port, options.Share, log, changes);
        }

        /// <summary>Gives a unit on a bench the access point's network, and takes an earlier one from every other.</summary>
        /// <exception cref="UserError">The store does not take it.</exception>
        public void Settle(IDurableStore store)
        {
            byte[] ssid = Encoding.UTF8.GetBytes(_options.Ssid);
            byte[] passphrase = PassphraseOf(_options.Passphrase);
            byte[] body = [(byte)WifiRole.Station, (byte)WifiSecurity.Wpa2, (byte)ssid.Length, .. ssid, (byte)passphrase.Length,
                .. passphrase];
            bool isDone = _options.IsBench ? store.Write(RecordCatalogue.BenchWifi, body, body.Length)
                : store.Delete(RecordCatalogue.BenchWifi);
            if (!isDone)
            {
                throw new UserError($"--store: the folder did not take the record '{RecordCatalogue.BenchWifi}'");
            }
        }

        public void Dispose()
        {
            _clock.Dispose();
            Slot.Dispose();
        }

        private static byte[] PassphraseOf(string text) => Encoding.ASCII.GetBytes(text);

        private void Follow(IPAddress address, int port, bool share)
        {
            if (address is null)
            {
                Slot.Leave();
            }
            else
            {
                Slot.Serve(new LocalAddress(address, 0), new UdpPort(address, port, share));
            }

            _changes.Set();
        }

        private void Set(string kind, bool isThere)
        {
            switch (kind)
            {
                case WifiFault.Gone:
                    AccessPoint.IsGone = isThere;
                    break;
                case WifiFault.Passphrase:
                    AccessPoint.Passphrase = PassphraseOf(isThere ? "the customer's other passphrase" : _options.Passphrase);
                    break;
                case WifiFault.Dhcp:
                    AccessPoint.IsDhcpSilent = isThere;
                    break;
                case WifiFault.Conflict:
                    AccessPoint.HasConflict = isThere;
                    break;
                case WifiFault.Weak:
                    AccessPoint.SignalDbm = isThere ? SimulatedAccessPoint.WeakSignal : SimulatedAccessPoint.GoodSignal;
                    break;
                default:
                    AccessPoint.Address = isThere ? Next(_options.Address) : _options.Address;
                    break;
            }

            _changes.Set();
        }

        private static IPAddress Next(IPAddress address)
        {
            byte[] bytes = address.GetAddressBytes();
            bytes[^1]++;
            return new IPAddress(bytes);
        }
    }
}
