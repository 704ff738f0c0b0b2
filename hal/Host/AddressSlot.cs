using System;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// A datagram port whose address comes and goes while it is in use (<see cref="EveryAddress"/>). Without one it is
    /// closed, and cannot be opened. A loop uses it as any port; another thread gives and takes the address.
    /// </summary>
    public sealed class AddressSlot : IDatagramPort, IDisposable
    {
        private readonly ILog _log;
        private readonly Lock _gate = new();
        private volatile UdpPort _port;
        private volatile bool _isNew;
        private ISignal _received;
        private int _lostBefore;
        private string _toldError;

        /// <summary>Makes one without an address.</summary>
        /// <param name="log">Told why an address cannot be had.</param>
        public AddressSlot(ILog log)
        {
            _log = log;
        }

        /// <inheritdoc/>
        public bool IsOpen => _port is { IsOpen: true };

        /// <inheritdoc/>
        public bool IsReady => _isNew;

        /// <inheritdoc/>
        public int Lost
        {
            get
            {
                lock (_gate)
                {
                    return _lostBefore + (_port?.Lost ?? 0);
                }
            }
        }

        /// <summary>The address with its port, as in 192.0.2.9:3610; null while there is none.</summary>
        public string Name => _port?.Name;

        /// <summary>The address, or null while there is none.</summary>
        public LocalAddress? Address { get; private set; }

        /// <summary>Takes hold of the address, if there is one, see <see cref="UdpPort.Reserve"/>.</summary>
        /// <returns>Why it cannot be had, or null.</returns>
        public string Reserve()
        {
            UdpPort port = _port;
            return port == null || port.Reserve() ? null : port.OpenError;
        }

        /// <inheritdoc/>
        public bool Open()
        {
            _isNew = false;
            UdpPort port = _port;
            bool isOpen = port != null && port.Open();
            TellError(port?.OpenError);
            return isOpen;
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            lock (_gate)
            {
                _received = received;
                _port?.Notify(received);
            }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            UdpPort port = _port;
            return port == null ? -1 : port.Receive(buffer, sender);
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            UdpPort port = _port;
            return port != null && port.Send(buffer, length, destination);
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            UdpPort port = _port;
            return port != null && port.SendToGroup(buffer, length);
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return SendToGroup(buffer, length);
        }

        /// <summary>Closes it for good.</summary>
        public void Dispose()
        {
            Leave();
        }

        /// <summary>Gives it an address; the loop is woken to open it.</summary>
        public void Serve(LocalAddress address, UdpPort port)
        {
            lock (_gate)
            {
                Address = address;
                if (_received != null)
                {
                    port.Notify(_received);
                }

                _port = port;
                _isNew = true;
                _received?.Set();
            }
        }

        /// <summary>Takes the address away.</summary>
        public void Leave()
        {
            lock (_gate)
            {
                UdpPort port = _port;
                _port = null;
                _isNew = false;
                Address = null;
                if (port != null)
                {
                    port.Dispose();
                    _lostBefore += port.Lost;
                }
            }
        }

        // It is tried again and again; the same error is told once.
        private void TellError(string error)
        {
            if (error != null && error != _toldError)
            {
                _log.Write(LogLevel.Warning, EveryAddress.LogName, error);
            }

            _toldError = error;
        }
    }
}
