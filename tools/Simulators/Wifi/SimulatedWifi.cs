using System;
using System.Net;
using System.Security.Cryptography;
using NanoComm.Hal;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Simulators.Wifi
{
    /// <summary>
    /// The unit's Wi-Fi radio in the air of one access point. An attempt looks for the network, shows the passphrase, asks
    /// for an address, and tries out whether another host has it; each takes its time. It makes one attempt for each start
    /// and none by itself, as the radio of a board does.
    /// </summary>
    public sealed class SimulatedWifi : IWifiRadio
    {
        private const int ScanTime = 2000;
        private const int HandshakeTime = 700;
        private const int LeaseTime = 300;
        private const int ProbeTime = 300;
        private const int LeaveTime = 300;

        // Of a DHCP client: the first question, and those after it, in ms from the association on.
        private static readonly int[] Questions = [0, 2000, 6000, 14000, 30000];

        // Without an address by then, it says so.
        private const int AddressTime = 3000;

        private readonly SimulatedAccessPoint _accessPoint;
        private readonly IAirClock _clock;
        private readonly ILog _log;
        private byte[] _ssid;
        private byte[] _passphrase;
        private bool _isAssociated;
        private bool _hasToldConflict;

        // When the last attempt failed, or the network was lost, and none has begun since; else -1.
        private long _endedAt = -1;

        // Counts whatever ends an attempt: what was scheduled for one that is over does nothing.
        private int _attempt;

        /// <summary>Makes a radio that is off.</summary>
        /// <param name="accessPoint">The one in reach, with its time.</param>
        /// <param name="log">Told of an address that another host has.</param>
        public SimulatedWifi(SimulatedAccessPoint accessPoint, ILog log)
        {
            _accessPoint = accessPoint;
            _clock = accessPoint.Clock;
            _log = log;
            _accessPoint.Changed += Follow;
        }

        /// <summary>The radio goes on, or is quiet.</summary>
        public event Action<bool> Switched;

        /// <summary>The address that it has now; null for none.</summary>
        public event Action<IPAddress> AddressChanged;

        /// <summary>How often it was started.</summary>
        public int Starts { get; private set; }

        /// <summary>How often it was told to forget.</summary>
        public int Forgets { get; private set; }

        /// <summary>From the end of an attempt that failed, or the loss of the network, to the next attempt: the longest, in
        /// ms.</summary>
        public long LongestPause { get; private set; }

        /// <summary>Whether it hangs when told to leave.</summary>
        public bool Hangs { get; set; }

        /// <summary>Whether the board refuses to forget.</summary>
        public bool RefusesToForget { get; set; }

        /// <summary>The network that the board knows, or null.</summary>
        public byte[] Known { get; private set; }

        /// <summary>The address, or null.</summary>
        public IPAddress Address { get; private set; }

        /// <inheritdoc/>
        public WifiState State { get; private set; } = WifiState.Off;

        /// <inheritdoc/>
        public int SignalDbm => State == WifiState.Joined ? _accessPoint.SignalDbm : 0;

        /// <inheritdoc/>
        public bool IsQuiet { get; private set; } = true;

        /// <inheritdoc/>
        public bool CanBeAccessPoint { get; init; }

        /// <inheritdoc/>
        public bool Start(WifiNetwork network)
        {
            if (network.Security < WifiSecurity.Wpa2 || (network.Role == WifiRole.AccessPoint && !CanBeAccessPoint))
            {
                return false;
            }

            // Copied before the one who gave it clears it.
            byte[] ssid = [.. network.Ssid];
            byte[] passphrase = [.. network.Passphrase];
            _clock.Enter(() => Begin(network.Role, ssid, passphrase));
            return true;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            _clock.Enter(End);
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            _clock.Enter(() =>
            {
                Forgets++;
                End();
                Known = RefusesToForget ? Known : null;
            });
            return !RefusesToForget;
        }

        private void Begin(WifiRole role, byte[] ssid, byte[] passphrase)
        {
            Starts++;
            if (State == WifiState.Joined && IsSame(ssid, passphrase))
            {
                CryptographicOperations.ZeroMemory(passphrase);
                return;
            }

            if (_endedAt >= 0)
            {
                LongestPause = Math.Max(LongestPause, _clock.Milliseconds - _endedAt);
                _endedAt = -1;
            }

            Drop();
            Clear();
            (_ssid, _passphrase) = (ssid, passphrase);
            Known = ssid;
            State = WifiState.Joining;
            if (IsQuiet)
            {
                IsQuiet = false;
                Switched?.Invoke(true);
            }

            if (role == WifiRole.AccessPoint)
            {
                After(ScanTime, () => Take(_accessPoint.Address));
            }
            else
            {
                After(ScanTime, Look);
            }
        }

        private void Look()
        {
            if (_accessPoint.IsGone || !_accessPoint.Ssid.AsSpan().SequenceEqual(_ssid)
                || _accessPoint.Security < WifiSecurity.Wpa2)
            {
                Fail(WifiState.NetworkNotFound);
                return;
            }

            After(HandshakeTime, ShowPassphrase);
        }

        private void ShowPassphrase()
        {
            if (!_accessPoint.Passphrase.AsSpan().SequenceEqual(_passphrase))
            {
                Fail(WifiState.WrongPassphrase);
                return;
            }

            _isAssociated = true;
            AskForAddress();
        }

        private void AskForAddress()
        {
            foreach (int question in Questions)
            {
                After(question + LeaseTime, () =>
                {
                    if (!_accessPoint.IsDhcpSilent && Address is null)
                    {
                        After(ProbeTime, () => TryOut(_accessPoint.Address));
                    }
                });
            }

            After(AddressTime, () => State = Address is null ? WifiState.NoAddress : State);
        }

        // RFC 5227: an address that somebody answers for is not used.
        private void TryOut(IPAddress address)
        {
            if (Address is not null)
            {
                return;
            }

            if (!_accessPoint.HasConflict)
            {
                _hasToldConflict = false;
                Take(address);
                return;
            }

            State = WifiState.NoAddress;
            if (!_hasToldConflict)
            {
                _hasToldConflict = true;
                _log.Write(LogLevel.Warning, "wifi", $"another host has the address {address} that DHCP gives");
            }
        }

        private void Take(IPAddress address)
        {
            _isAssociated = true;
            Address = address;
            State = WifiState.Joined;
            AddressChanged?.Invoke(address);
        }

        // What the access point does to a station that it has.
        private void Follow()
        {
            if (!_isAssociated)
            {
                return;
            }

            if (_accessPoint.IsGone || !_accessPoint.Passphrase.AsSpan().SequenceEqual(_passphrase))
            {
                Drop();
                Fail(WifiState.NetworkNotFound);
            }
            else if (Address is not null
                && (_accessPoint.IsDhcpSilent || _accessPoint.HasConflict || !Address.Equals(_accessPoint.Address)))
            {
                LoseAddress();
                State = WifiState.NoAddress;
                _attempt++;
                AskForAddress();
            }
        }

        private void Fail(WifiState state)
        {
            State = state;
            _endedAt = _clock.Milliseconds;
        }

        private void End()
        {
            Drop();
            Clear();
            State = WifiState.Off;
            _endedAt = -1;
            if (!IsQuiet && !Hangs)
            {
                After(LeaveTime, () =>
                {
                    IsQuiet = true;
                    Switched?.Invoke(false);
                });
            }
        }

        private void Drop()
        {
            _attempt++;
            _isAssociated = false;
            LoseAddress();
        }

        private void LoseAddress()
        {
            if (Address is not null)
            {
                Address = null;
                AddressChanged?.Invoke(null);
            }
        }

        private void Clear()
        {
            CryptographicOperations.ZeroMemory(_passphrase);
            (_ssid, _passphrase) = (null, null);
        }

        private bool IsSame(byte[] ssid, byte[] passphrase)
        {
            return _ssid.AsSpan().SequenceEqual(ssid) && _passphrase.AsSpan().SequenceEqual(passphrase);
        }

        private void After(int milliseconds, Action action)
        {
            int attempt = _attempt;
            _clock.At(_clock.Milliseconds + milliseconds, () =>
            {
                if (attempt == _attempt)
                {
                    action();
                }
            });
        }
    }
}
