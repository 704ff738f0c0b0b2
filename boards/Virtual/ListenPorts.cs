using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Virtual
{
    /// <summary>The ports of the addresses that the user wants to listen on: those that he named, and where he said "any"
    /// those that the PC has at any moment; with Wi-Fi, the one that its access point gives.</summary>
    internal sealed class ListenPorts : IDisposable
    {
        private readonly UdpPort[] _named;
        private readonly EveryAddress _every;
        private readonly AddressSlot[] _wifi;
        private readonly Options _options;

        public ListenPorts(Options options, WifiSource wifi, ILog log)
        {
            _options = options;
            _wifi = wifi is null ? [] : [wifi.Slot];
            IPAddress[] listen = wifi is null ? options.Listen.Distinct().ToArray() : [];
            _named = listen.Where(address => !LocalAddresses.IsAny(address))
                .Select(address => new UdpPort(address, options.Port, options.Share)).ToArray();
            _every = new EveryAddress(listen, options.Port, options.Share, log, LocalAddresses.Find);
            All = [.. _named, .. _every.Slots, .. _wifi];
        }

        /// <summary>The ports; some may have no address now.</summary>
        public IDatagramPort[] All { get; }

        /// <summary>The addresses that they have now, with their port.</summary>
        public IEnumerable<string> Names => _named.Select(port => port.Name)
            .Concat(_every.Slots.Concat(_wifi).Select(slot => slot.Name).Where(name => name != null));

        /// <summary>Takes hold of them. The unit opens its ports by itself, as on every board; that they can be had is
        /// known before anything is written.</summary>
        /// <exception cref="UserError">One cannot be had.</exception>
        public void Reserve()
        {
            string error = _named.Where(port => !port.Reserve()).Select(port => port.OpenError).FirstOrDefault()
                ?? _every.Reserve() ?? TryOutWifi();
            if (error != null)
            {
                Dispose();
                throw new UserError(error);
            }
        }

        // It is given later, or never: only whether it could be had is of interest now.
        private string TryOutWifi()
        {
            if (_options.Wifi is null)
            {
                return null;
            }

            using var port = new UdpPort(_options.Wifi.Address, _options.Port, _options.Share);
            return port.Reserve() ? null : port.OpenError.Replace("--listen", "--wifi-address");
        }

        /// <summary>Begins to follow the addresses that come and go.</summary>
        public void Follow()
        {
            _every.Start();
        }

        public void Dispose()
        {
            _every.Dispose();
            foreach (UdpPort port in _named)
            {
                port.Dispose();
            }
        }
    }
}
