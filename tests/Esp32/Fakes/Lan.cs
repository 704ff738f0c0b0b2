using System;
using System.Collections.Generic;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Hal;

namespace NanoComm.Tests.Esp32
{
    /// <summary>
    /// The Ethernet side of a board in a time of its own, with the habits of the firmware image (nf-interpreter,
    /// targets/ESP32/_common/targetHAL_Network.cpp and src/PAL/Lwip/lwIP_Sockets.cpp over ESP-IDF's esp_netif_lwip.c):
    /// the link's events come before the interface has followed; without a link the interface has no address, a fixed one
    /// neither; an address that is lost is no event; joined groups stay joined while the link is away.
    /// </summary>
    internal static class Lan
    {
        public const string None = "0.0.0.0";
        public const int MostSockets = 16;

        public static readonly object Gate = new();

        private static readonly List<Socket> Open = new();
        private static readonly LanClock Time = new();
        private static string _lease;
        private static string _fixed;

        public static IClock Clock => Time;

        public static long Now { get; private set; }

        /// <summary>Counts whatever changes: who waits has seen what <see cref="Parked"/> says.</summary>
        public static int Version { get; private set; }

        /// <summary>The version that the one waiting in Poll has seen.</summary>
        public static int Parked { get; set; }

        /// <summary>When the one waiting in Poll gives up.</summary>
        public static long ParkedUntil { get; set; }

        /// <summary>The image has an Ethernet interface, and its PHY was found.</summary>
        public static bool IsThere { get; set; }

        /// <summary>The image's queue of events was full.</summary>
        public static bool LosesEvents { get; set; }

        public static bool IsLinkUp { get; private set; }

        /// <summary>What the interface has at this moment.</summary>
        public static string LiveAddress { get; private set; }

        /// <summary>What NetworkInterface shows: with a fixed address the configuration, whatever the link does.</summary>
        public static string ShownAddress => _fixed ?? LiveAddress;

        public static bool IsDhcp => _fixed == null;

        /// <summary>Datagrams that left, as "to: hexadecimal digits".</summary>
        public static List<string> Sent { get; } = new();

        public static int SocketsMade { get; private set; }

        public static void Reset(string lease = null, string fixedAddress = null)
        {
            lock (Gate)
            {
                foreach (Socket left in Open.ToArray())
                {
                    left.Close();
                }

                Sent.Clear();
                Now = 0;
                SocketsMade = 0;
                IsThere = true;
                LosesEvents = false;
                IsLinkUp = false;
                LiveAddress = None;
                _lease = lease;
                _fixed = fixedAddress;
                Change();
            }

            NetworkChange.Reset();
        }

        public static void PlugIn()
        {
            Tell(() => NetworkChange.TellAvailability(true));
            lock (Gate)
            {
                IsLinkUp = true;
                LiveAddress = _fixed ?? None;
                Change();
            }

            if (_fixed != null)
            {
                Tell(NetworkChange.TellAddress);
            }
        }

        public static void PullOut()
        {
            Tell(() => NetworkChange.TellAvailability(false));
            lock (Gate)
            {
                IsLinkUp = false;
                LiveAddress = None;
                Change();
            }
        }

        /// <summary>The DHCP server gives an address from now on, or with null no more; whoever has one keeps it.</summary>
        public static void Offer(string lease)
        {
            _lease = lease;
        }

        /// <summary>The DHCP client asks, as it does by itself after the link has come and then again and again; a lease
        /// that is not renewed, or refused because somebody else uses the address, is gone.</summary>
        public static void AskForLease()
        {
            if (_fixed != null)
            {
                return;
            }

            string before;
            lock (Gate)
            {
                before = LiveAddress;
                LiveAddress = IsLinkUp && _lease != null ? _lease : None;
                Change();
            }

            if (LiveAddress != None && LiveAddress != before)
            {
                Tell(NetworkChange.TellAddress);
            }
        }

        public static void AdvanceTo(long time)
        {
            lock (Gate)
            {
                Now = time;
                Change();
            }
        }

        /// <summary>A datagram comes by the cable.</summary>
        public static void Arrive(string from, int port, byte[] payload, bool isForGroup)
        {
            lock (Gate)
            {
                if (!IsLinkUp || LiveAddress == None)
                {
                    return;
                }

                foreach (Socket socket in Open)
                {
                    socket.Take(from, port, payload, isForGroup);
                }

                Change();
            }
        }

        public static void Add(Socket socket)
        {
            lock (Gate)
            {
                SocketsMade++;
                if (Open.Count == MostSockets)
                {
                    throw new SocketException((int)SocketError.TooManyOpenSockets);
                }

                Open.Add(socket);
            }
        }

        public static void Remove(Socket socket)
        {
            lock (Gate)
            {
                Open.Remove(socket);
                Change();
            }
        }

        public static bool IsTaken(int port, Socket by)
        {
            return Open.Exists(other => other != by && other.Port == port);
        }

        private static void Tell(Action tell)
        {
            if (!LosesEvents)
            {
                tell();
            }
        }

        private static void Change()
        {
            Version++;
            Monitor.PulseAll(Gate);
        }

        private sealed class LanClock : IClock
        {
            public long Milliseconds => Now;
        }
    }
}
