using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Policy
{
    /// <summary>
    /// What the utility has decided about the B route: whether it is open, which Wi-Fi network it uses, how much it takes,
    /// and who is cut off. Here the utility's side, which writes it by orders, and the customer's paths, which read it,
    /// meet; it knows neither. Each decision is durable before it is in effect, and taken twice it is the same: what a
    /// power cut broke off is done again.
    /// The record `policy`: version u8 (1) | for the Wi-SUN path, then the IP path: terminals u8, requests per second
    /// u16, 0 as built | the lists, <see cref="EntryLength"/> bytes an entry: what u8 (bit 7: admit only, else cut off;
    /// bits 0 and 1: the path) | length of the address u8 | address 16.
    /// One loop writes; others read what is published as a whole.
    /// </summary>
    public sealed class RouteBPolicy
    {
        /// <summary>Most terminals in both lists, of both paths.</summary>
        public const int MostListed = 16;

        private const byte Version = 1;
        private const int LimitsAt = 1;
        private const int LimitLength = 3;
        private const int ListAt = LimitsAt + (2 * LimitLength);
        private const int LengthAt = 1;
        private const int AddressAt = 2;
        private const int EntryLength = AddressAt + DatagramPeer.MaxAddressLength;
        private const int IPv4Length = 4;
        private const int AdmitOnlyBit = 0x80;
        private const int MostSubscribers = 4;

        private readonly IDurableStore _store;
        private readonly RouteParts _parts;
        private readonly bool _isEnrolled;
        private readonly ISignal[] _subscribers = new ISignal[MostSubscribers];

        // Never written to: a decision makes another one.
        private byte[] _record;

        /// <summary>Makes it, with what the records hold.</summary>
        /// <param name="store">Has the records.</param>
        /// <param name="parts">What the board has.</param>
        /// <param name="isEnrolled">Whether the unit has factory keys: then a bench's Wi-Fi network does not count.</param>
        public RouteBPolicy(IDurableStore store, RouteParts parts, bool isEnrolled)
        {
            _store = store;
            _parts = parts;
            _isEnrolled = isEnrolled;
            int length = _store.LengthOf(RecordCatalogue.Policy);
            var record = new byte[length < ListAt ? ListAt : length];
            bool isGood = _store.Read(RecordCatalogue.Policy, record) == length && IsWellFormed(record);
            _record = isGood ? record : Blank();
        }

        /// <summary>Another number after every decision. It may be read by any loop.</summary>
        public int Generation { get; private set; }

        /// <summary>Whether there are credentials to join the Wi-SUN path with.</summary>
        public bool IsRouteBOpen => _store.LengthOf(RecordCatalogue.RouteBCredentials) >= 0;

        /// <summary>Sets a signal after every decision. Call before the loops start, four times at most.</summary>
        /// <param name="signal">The signal of a loop that acts on it.</param>
        public void Subscribe(ISignal signal)
        {
            int i = 0;
            while (_subscribers[i] != null)
            {
                i++;
            }

            _subscribers[i] = signal;
        }

        /// <summary>Whether the board has a path.</summary>
        /// <param name="path">The path.</param>
        public bool Has(RoutePath path)
        {
            return path == RoutePath.WiSun ? Has(RouteParts.WiSun) : path == RoutePath.Ip && Has(RouteParts.Ip);
        }

        /// <summary>Most terminals that a path takes, 1…255; 0 for as many as it was built for.</summary>
        /// <param name="path">The path.</param>
        public int TerminalsOf(RoutePath path)
        {
            return _record[LimitOf(path)];
        }

        /// <summary>Requests a second that a path takes of a terminal, 1…65535; 0 for as many as it was built for.</summary>
        /// <param name="path">The path.</param>
        public int RequestsPerSecondOf(RoutePath path)
        {
            return BigEndian.ReadU16(_record, LimitOf(path) + 1);
        }

        /// <summary>Terminals that are listed, of both paths.</summary>
        /// <param name="admitOnly">Those that alone are admitted; else those that are cut off.</param>
        public int CountListed(bool admitOnly)
        {
            byte[] record = _record;
            int count = 0;
            for (int at = ListAt; at < record.Length; at += EntryLength)
            {
                count += (record[at] & AdmitOnlyBit) != 0 == admitOnly ? 1 : 0;
            }

            return count;
        }

        /// <summary>Whether somebody is listed on a path.</summary>
        /// <param name="path">The path.</param>
        public bool HasList(RoutePath path)
        {
            byte[] record = _record;
            for (int at = ListAt; at < record.Length; at += EntryLength)
            {
                if ((record[at] & ~AdmitOnlyBit) == (int)path)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a host may use a path: it is not cut off, and listed where only those who are may.</summary>
        /// <param name="path">The path.</param>
        /// <param name="host">The host; its port does not matter.</param>
        public bool Admits(RoutePath path, DatagramPeer host)
        {
            byte[] record = _record;
            bool isAdmitted = true;
            for (int at = ListAt; at < record.Length; at += EntryLength)
            {
                if ((record[at] & ~AdmitOnlyBit) != (int)path)
                {
                    continue;
                }

                bool isHost = IsAt(record, at, host.Address, 0, host.AddressLength);
                if ((record[at] & AdmitOnlyBit) == 0)
                {
                    if (isHost)
                    {
                        return false;
                    }
                }
                else if (isHost)
                {
                    return !IsListed(record, (int)path, host.Address, 0, host.AddressLength);
                }
                else
                {
                    isAdmitted = false;
                }
            }

            return isAdmitted;
        }

        /// <summary>The Wi-Fi network to use: that of the last order, or, in a unit without factory keys, that of a
        /// bench.</summary>
        /// <returns>Null for none: Wi-Fi is off (requirement R24). The caller forgets the passphrase.</returns>
        public WifiNetwork ReadWifi()
        {
            return ReadWifi(RecordCatalogue.Wifi) ?? (_isEnrolled ? null : ReadWifi(RecordCatalogue.BenchWifi));
        }

        /// <summary>Whether a bench left a Wi-Fi network here that does not count.</summary>
        public bool IgnoresBenchWifi => _isEnrolled && _store.LengthOf(RecordCatalogue.BenchWifi) >= 0;

        /// <summary>Opens the B route on Wi-SUN.</summary>
        /// <param name="buffer">Holds id and password, <see cref="RouteBCredentials"/>.</param>
        /// <param name="offset">Their first byte.</param>
        /// <param name="length">Bytes that there are.</param>
        public PolicyResult OpenRouteB(byte[] buffer, int offset, int length)
        {
            if (length != RouteBCredentials.Length || !RouteBCredentials.AreWellFormed(buffer, offset))
            {
                return PolicyResult.Malformed;
            }

            return Has(RoutePath.WiSun) ? Write(RecordCatalogue.RouteBCredentials, buffer, offset, length)
                : PolicyResult.NoPath;
        }

        /// <summary>Closes it: the credentials are erased, and the session ends.</summary>
        public PolicyResult CloseRouteB()
        {
            return Delete(RecordCatalogue.RouteBCredentials);
        }

        /// <summary>Switches Wi-Fi on: role u8 | security u8 | length u8, network name | length u8, passphrase.</summary>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">Their first byte.</param>
        /// <param name="length">Their length in bytes.</param>
        public PolicyResult SetWifi(byte[] buffer, int offset, int length)
        {
            if (!WifiRecord.IsWellFormed(buffer, offset, length))
            {
                return PolicyResult.Malformed;
            }

            if (!WifiRecord.IsAllowed(buffer, offset))
            {
                return PolicyResult.SecurityNotAllowed;
            }

            bool isPoint = WifiRecord.RoleOf(buffer, offset) == WifiRole.AccessPoint;
            return Has(isPoint ? RouteParts.AccessPoint : RouteParts.Wifi)
                ? Write(RecordCatalogue.Wifi, buffer, offset, length) : PolicyResult.NoPath;
        }

        /// <summary>Gives the network that is used another passphrase.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length, 8…63.</param>
        public PolicyResult SetWifiPassphrase(byte[] buffer, int offset, int length)
        {
            var record = new byte[WifiRecord.MaxLength];
            int old = _store.Read(RecordCatalogue.Wifi, record);
            PolicyResult result = PolicyResult.NoPath;
            if (old > 0 && WifiRecord.IsWellFormed(record, 0, old))
            {
                result = SetWifi(record, 0, WifiRecord.Replace(record, buffer, offset, length));
            }

            Array.Clear(record, 0, record.Length);
            return result;
        }

        /// <summary>Switches Wi-Fi off, and forgets the network.</summary>
        public PolicyResult ForgetWifi()
        {
            return Delete(RecordCatalogue.Wifi);
        }

        /// <summary>Limits a path.</summary>
        /// <param name="path">The path.</param>
        /// <param name="terminals">Most terminals, 1…255; 0 for as many as it was built for.</param>
        /// <param name="perSecond">Requests a second of a terminal, 1…65535; 0 likewise.</param>
        public PolicyResult SetLimits(RoutePath path, int terminals, int perSecond)
        {
            if (!Has(path))
            {
                return PolicyResult.NoPath;
            }

            byte[] record = Octets.Part(_record, 0, _record.Length);
            int at = LimitOf(path);
            record[at] = (byte)terminals;
            BigEndian.WriteU16(record, at + 1, perSecond);
            return Decide(record);
        }

        /// <summary>Cuts a terminal off.</summary>
        /// <param name="path">The path.</param>
        /// <param name="address">Holds its address.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">4, or 16; on Wi-SUN 16.</param>
        /// <param name="isTrial">Only to know whether it could be: nothing changes.</param>
        public PolicyResult CutOff(RoutePath path, byte[] address, int offset, int length, bool isTrial = false)
        {
            if (!IsAddress(path, length))
            {
                return PolicyResult.Malformed;
            }

            if (!Has(path))
            {
                return PolicyResult.NoPath;
            }

            byte[] old = _record;
            if (IsListed(old, (int)path, address, offset, length))
            {
                return PolicyResult.Done;
            }

            byte[] record = Longer(old, 1);
            if (record == null)
            {
                return PolicyResult.NoPlace;
            }

            WriteEntry(record, old.Length, (int)path, address, offset, length);
            return isTrial ? PolicyResult.Done : Decide(record);
        }

        /// <summary>Admits again who was cut off.</summary>
        /// <param name="path">The path.</param>
        /// <param name="address">Holds its address.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">4, or 16; 0 for everybody who was cut off on the path.</param>
        public PolicyResult Readmit(RoutePath path, byte[] address, int offset, int length)
        {
            if (length != 0 && !IsAddress(path, length))
            {
                return PolicyResult.Malformed;
            }

            return Has(path) ? Decide(Without(_record, (int)path, address, offset, length)) : PolicyResult.NoPath;
        }

        /// <summary>Admits only those who are listed, less those who are cut off.</summary>
        /// <param name="path">The path.</param>
        /// <param name="buffer">Holds the list: length u8 and address of each.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="count">How many; none for everybody.</param>
        /// <param name="end">Behind its last byte.</param>
        public PolicyResult AdmitOnly(RoutePath path, byte[] buffer, int offset, int count, int end)
        {
            if (!IsList(path, buffer, offset, count, end))
            {
                return PolicyResult.Malformed;
            }

            if (!Has(path))
            {
                return PolicyResult.NoPath;
            }

            int what = (int)path | AdmitOnlyBit;
            byte[] rest = Without(_record, what, buffer, 0, 0);
            byte[] record = Longer(rest, count);
            if (record == null)
            {
                return PolicyResult.NoPlace;
            }

            int at = offset;
            for (int entry = rest.Length; entry < record.Length; entry += EntryLength)
            {
                WriteEntry(record, entry, what, buffer, at + 1, buffer[at]);
                at += 1 + buffer[at];
            }

            return Decide(record);
        }

        /// <summary>The pairing has ended: closes the B route, switches Wi-Fi off and forgets it, and forgets limits and
        /// lists, for the next household's terminals are others.</summary>
        /// <returns>False when the store did not do all of it.</returns>
        public bool CloseAll()
        {
            PolicyResult closed = CloseRouteB();
            PolicyResult forgotten = ForgetWifi();
            if (_store.Delete(RecordCatalogue.Policy))
            {
                _record = Blank();
                Publish();
                return closed == PolicyResult.Done && forgotten == PolicyResult.Done;
            }

            return false;
        }

        private static byte[] Blank()
        {
            var record = new byte[ListAt];
            record[0] = Version;
            return record;
        }

        private static bool IsWellFormed(byte[] record)
        {
            return record[0] == Version && (record.Length - ListAt) % EntryLength == 0
                && record.Length <= ListAt + (MostListed * EntryLength);
        }

        private static int LimitOf(RoutePath path)
        {
            return LimitsAt + (((int)path - 1) * LimitLength);
        }

        private static bool IsAddress(RoutePath path, int length)
        {
            return length == DatagramPeer.MaxAddressLength || (length == IPv4Length && path == RoutePath.Ip);
        }

        private static bool IsList(RoutePath path, byte[] buffer, int offset, int count, int end)
        {
            int at = offset;
            for (int i = 0; i < count; i++)
            {
                if (at >= end || !IsAddress(path, buffer[at]))
                {
                    return false;
                }

                at += 1 + buffer[at];
            }

            return at == end;
        }

        private static bool IsAt(byte[] record, int entry, byte[] address, int offset, int length)
        {
            // Most hosts differ in the last four bytes: on the device a loop over all of them costs more than the rest.
            int last = length - IPv4Length;
            return record[entry + LengthAt] == length
                && BitConverter.ToInt32(record, entry + AddressAt + last) == BitConverter.ToInt32(address, offset + last)
                && Octets.AreEqual(record, entry + AddressAt, address, offset, length);
        }

        private static bool IsListed(byte[] record, int what, byte[] address, int offset, int length)
        {
            for (int at = ListAt; at < record.Length; at += EntryLength)
            {
                if (record[at] == what && IsAt(record, at, address, offset, length))
                {
                    return true;
                }
            }

            return false;
        }

        private static byte[] Longer(byte[] record, int entries)
        {
            int length = record.Length + (entries * EntryLength);
            if (length > ListAt + (MostListed * EntryLength))
            {
                return null;
            }

            var longer = new byte[length];
            Array.Copy(record, 0, longer, 0, record.Length);
            return longer;
        }

        // Length 0 is everybody.
        private static byte[] Without(byte[] record, int what, byte[] address, int offset, int length)
        {
            var rest = new byte[record.Length];
            Array.Copy(record, 0, rest, 0, ListAt);
            int end = ListAt;
            for (int at = ListAt; at < record.Length; at += EntryLength)
            {
                bool goes = record[at] == what && (length == 0 || IsAt(record, at, address, offset, length));
                if (!goes)
                {
                    Array.Copy(record, at, rest, end, EntryLength);
                    end += EntryLength;
                }
            }

            return Octets.Part(rest, 0, end);
        }

        private static void WriteEntry(byte[] record, int entry, int what, byte[] address, int offset, int length)
        {
            record[entry] = (byte)what;
            record[entry + LengthAt] = (byte)length;
            Array.Copy(address, offset, record, entry + AddressAt, length);
        }

        private bool Has(RouteParts part)
        {
            return (_parts & part) != 0;
        }

        private WifiNetwork ReadWifi(string name)
        {
            var record = new byte[WifiRecord.MaxLength];
            int length = _store.Read(name, record);
            bool isUsable = length > 0 && WifiRecord.IsWellFormed(record, 0, length) && WifiRecord.IsAllowed(record, 0);
            WifiNetwork network = isUsable ? WifiRecord.Read(record) : null;
            Array.Clear(record, 0, record.Length);
            return network;
        }

        private PolicyResult Decide(byte[] record)
        {
            if (!_store.Write(RecordCatalogue.Policy, record, record.Length))
            {
                return PolicyResult.StoreFailed;
            }

            _record = record;
            return Publish();
        }

        private PolicyResult Write(string name, byte[] buffer, int offset, int length)
        {
            byte[] record = Octets.Part(buffer, offset, length);
            bool isWritten = _store.Write(name, record, length);
            Array.Clear(record, 0, length);
            return isWritten ? Publish() : PolicyResult.StoreFailed;
        }

        private PolicyResult Delete(string name)
        {
            return _store.Delete(name) ? Publish() : PolicyResult.StoreFailed;
        }

        private PolicyResult Publish()
        {
            Generation++;
            for (int i = 0; i < MostSubscribers && _subscribers[i] != null; i++)
            {
                _subscribers[i].Set();
            }

            return PolicyResult.Done;
        }
    }
}
