using System;
using System.Net;
using NanoComm.Hal;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Simulators.Wifi
{
    /// <summary>A customer's access point with its DHCP server, and what may be wrong with them. Whoever changes
    /// something does so at a moment of the clock, <see cref="IAirClock.Enter"/>; stations follow at once.</summary>
    public sealed class SimulatedAccessPoint
    {
        /// <summary>A good signal, in dBm.</summary>
        public const int GoodSignal = -61;

        /// <summary>A signal below the limit of -70 dBm, with which it still works.</summary>
        public const int WeakSignal = -78;

        /// <summary>Makes one that is on and faultless.</summary>
        /// <param name="clock">The time that it and its stations live by.</param>
        /// <param name="ssid">Its name, 1…32 bytes.</param>
        /// <param name="passphrase">8…63 characters of ASCII.</param>
        /// <param name="address">The address that its DHCP server has for the unit.</param>
        public SimulatedAccessPoint(IAirClock clock, byte[] ssid, byte[] passphrase, IPAddress address)
        {
            Clock = clock;
            Ssid = ssid;
            Passphrase = passphrase;
            Address = address;
        }

        /// <summary>Something is different now.</summary>
        public event Action Changed;

        /// <summary>The time.</summary>
        public IAirClock Clock { get; }

        /// <summary>Its name.</summary>
        public byte[] Ssid { get; }

        /// <summary>Its passphrase; stations that came in by another one are thrown out.</summary>
        public byte[] Passphrase
        {
            get;
            set => Set(ref field, value);
        }

        /// <summary>How it is protected.</summary>
        public WifiSecurity Security
        {
            get;
            set => Set(ref field, value);
        } = WifiSecurity.Wpa2;

        /// <summary>Whether it is gone.</summary>
        public bool IsGone
        {
            get;
            set => Set(ref field, value);
        }

        /// <summary>Whether its DHCP server is silent; a lease that it has given ends.</summary>
        public bool IsDhcpSilent
        {
            get;
            set => Set(ref field, value);
        }

        /// <summary>Whether another host has the address too; a station that finds out gives it up.</summary>
        public bool HasConflict
        {
            get;
            set => Set(ref field, value);
        }

        /// <summary>The address that DHCP gives; whoever has another one gets it at the next renewal, which is now.</summary>
        public IPAddress Address
        {
            get;
            set => Set(ref field, value);
        }

        /// <summary>How well it is heard at the unit, in dBm.</summary>
        public int SignalDbm
        {
            get;
            set => Set(ref field, value);
        } = GoodSignal;

        private void Set<T>(ref T field, T value)
        {
            field = value;
            Changed?.Invoke();
        }
    }
}
