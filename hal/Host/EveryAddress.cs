using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// What "any" stands for, at every moment: each address that the PC has gets a slot, and loses it when it is gone.
    /// Looks whenever the operating system tells of a change, and twice a second: it does not tell of everything, such
    /// as an IPv6 address that was tried out and may be used from now on.
    /// </summary>
    public sealed class EveryAddress : IDisposable
    {
        internal const string LogName = "ip";

        private const int LookInterval = 500;
        private const int JoinMilliseconds = 1000;

        // Addresses that come, beside those that are there at the start.
        private const int Spare = 16;

        private readonly AddressFamily[] _families;
        private readonly IPAddress[] _taken;
        private readonly int _port;
        private readonly bool _share;
        private readonly ILog _log;
        private readonly Func<IReadOnlyList<LocalAddress>> _find;
        private readonly AutoResetEvent _changed = new(false);
        private readonly Thread _thread;
        private volatile bool _isEnding;
        private bool _isFull;

        /// <summary>Makes the slots; those of the addresses that are there are given theirs.</summary>
        /// <param name="listen">What is listened on: 0.0.0.0 and :: are followed, others belong to somebody else.</param>
        /// <param name="port">The UDP port.</param>
        /// <param name="share">See <see cref="UdpPort"/>.</param>
        /// <param name="log">Is told what comes and goes.</param>
        /// <param name="find">Finds the addresses that are there: <see cref="LocalAddresses.Find"/>, but in tests.</param>
        public EveryAddress(IReadOnlyCollection<IPAddress> listen, int port, bool share, ILog log,
            Func<IReadOnlyList<LocalAddress>> find)
        {
            _families = [.. listen.Where(LocalAddresses.IsAny).Select(any => any.AddressFamily).Distinct()];
            _taken = [.. listen.Where(address => !LocalAddresses.IsAny(address))];
            _port = port;
            _share = share;
            _log = log;
            _find = find;
            List<LocalAddress> there = Find();
            Slots = [.. Enumerable.Range(0, _families.Length == 0 ? 0 : there.Count + Spare).Select(_ => new AddressSlot(log))];
            Follow(there, isStart: true);
            _thread = new Thread(Run) { IsBackground = true, Name = "addresses" };
        }

        /// <summary>The slots: their number does not change.</summary>
        public IReadOnlyList<AddressSlot> Slots { get; }

        /// <summary>Begins to follow what comes and goes.</summary>
        public void Start()
        {
            if (_families.Length > 0)
            {
                NetworkChange.NetworkAddressChanged += OnChange;
                _thread.Start();
            }
        }

        /// <summary>Takes hold of each address that is there, see <see cref="UdpPort.Reserve"/>.</summary>
        /// <returns>Why one cannot be had, or null.</returns>
        public string Reserve()
        {
            return Slots.Select(slot => slot.Reserve()).FirstOrDefault(error => error != null);
        }

        /// <summary>Gives and takes addresses as they are now. Not beside what <see cref="Start"/> began.</summary>
        public void Look()
        {
            Follow(Find(), isStart: false);
        }

        /// <summary>Closes the slots.</summary>
        public void Dispose()
        {
            NetworkChange.NetworkAddressChanged -= OnChange;
            _isEnding = true;
            _changed.Set();
            if (_thread.IsAlive)
            {
                _thread.Join(JoinMilliseconds);
            }

            foreach (AddressSlot slot in Slots)
            {
                slot.Dispose();
            }
        }

        private void OnChange(object sender, EventArgs e)
        {
            _changed.Set();
        }

        private void Run()
        {
            while (!_isEnding)
            {
                _changed.WaitOne(LookInterval);
                try
                {
                    Look();
                }
                catch (Exception failure) when (failure is NetworkInformationException or IOException or SocketException)
                {
                    // An interface went away while it was looked at: the next look is soon.
                }
            }
        }

        private List<LocalAddress> Find()
        {
            return [.. _find().Where(local => _families.Contains(local.Address.AddressFamily)
                && !_taken.Contains(local.Address))];
        }

        private void Follow(List<LocalAddress> there, bool isStart)
        {
            foreach (AddressSlot slot in Slots)
            {
                if (slot.Address is LocalAddress gone && !there.Contains(gone))
                {
                    _log.Write(LogLevel.Info, LogName, $"{slot.Name} is gone");
                    slot.Leave();
                }
            }

            foreach (LocalAddress come in there)
            {
                if (!_isEnding && !Slots.Any(slot => slot.Address == come) && LocalAddresses.CanBind(come.Address))
                {
                    Serve(come, isStart);
                }
            }
        }

        private void Serve(LocalAddress come, bool isStart)
        {
            AddressSlot free = Slots.FirstOrDefault(slot => slot.Address == null);
            if (free == null)
            {
                if (!_isFull)
                {
                    _log.Write(LogLevel.Warning, LogName, $"{come.Address} is one address more than the {Slots.Count} that can "
                        + "be served: start the board anew");
                }

                _isFull = true;
                return;
            }

            _isFull = false;
            var port = new UdpPort(come.Address, _port, _share);
            if (!isStart)
            {
                _log.Write(LogLevel.Info, LogName, $"{port.Name} has come");
            }

            free.Serve(come, port);
        }
    }
}
