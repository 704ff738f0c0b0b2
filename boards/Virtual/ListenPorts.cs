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
    /// those that the PC has at any moment.</summary>
    internal sealed class ListenPorts : IDisposable
    {
        private readonly UdpPort[] _named;
        private readonly EveryAddress _every;

        public ListenPorts(Options options, ILog log)
        {
            IPAddress[] listen = options.Listen.Distinct().ToArray();
            _named = listen.Where(address => !LocalAddresses.IsAny(address))
                .Select(address => new UdpPort(address, options.Port, options.Share)).ToArray();
            _every = new EveryAddress(listen, options.Port, options.Share, log, LocalAddresses.Find);
            All = [.. _named, .. _every.Slots];
        }

        /// <summary>The ports; some may have no address now.</summary>
        public IDatagramPort[] All { get; }

        /// <summary>The addresses that they have now, with their port.</summary>
        public IEnumerable<string> Names => _named.Select(port => port.Name)
            .Concat(_every.Slots.Select(slot => slot.Name).Where(name => name != null));

        /// <summary>Takes hold of them. The unit opens its ports by itself, as on every board; that they can be had is
        /// known before anything is written.</summary>
        /// <exception cref="UserError">One cannot be had.</exception>
        public void Reserve()
        {
            string error = _named.Where(port => !port.Reserve()).Select(port => port.OpenError).FirstOrDefault()
                ?? _every.Reserve();
            if (error != null)
            {
                Dispose();
                throw new UserError(error);
            }
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
