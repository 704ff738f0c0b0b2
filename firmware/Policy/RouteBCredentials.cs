using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Policy
{
    /// <summary>
    /// Route-B authentication id, 32 hexadecimal digits, and password, 12 letters and digits (requirement R13), kept
    /// as one durable record: id 32 in capitals, password 12, ASCII. Written by commissioning or by an order of the
    /// utility. Never shown: not in logs, not by <see cref="ToString"/>.
    /// </summary>
    public sealed class RouteBCredentials
    {
        /// <summary>Length of the id in characters.</summary>
        public const int IdLength = 32;

        /// <summary>Length of the password in characters.</summary>
        public const int PasswordLength = 12;

        /// <summary>Length of both, one behind the other.</summary>
        public const int Length = IdLength + PasswordLength;

        /// <summary>The durable record's name.</summary>
        public const string Record = RecordCatalogue.RouteBCredentials;

        private RouteBCredentials(byte[] id, byte[] password)
        {
            Id = id;
            Password = password;
        }

        /// <summary>The id, 32 characters.</summary>
        public byte[] Id { get; }

        /// <summary>The password, 12 characters.</summary>
        public byte[] Password { get; }

        /// <summary>Reads the record.</summary>
        /// <param name="store">Holds it.</param>
        /// <returns>Null when there is none, or one of another form.</returns>
        public static RouteBCredentials Read(IDurableStore store)
        {
            var record = new byte[Length];
            bool isThere = store.Read(Record, record) == Length && AreWellFormed(record, 0);
            RouteBCredentials credentials = isThere ? new RouteBCredentials(Octets.Part(record, 0, IdLength),
                Octets.Part(record, IdLength, PasswordLength)) : null;
            Array.Clear(record, 0, Length);
            return credentials;
        }

        /// <summary>Whether bytes are an id, digits and A…F, and a password, letters and digits, behind it.</summary>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">The first of <see cref="Length"/> bytes.</param>
        public static bool AreWellFormed(byte[] buffer, int offset)
        {
            for (int i = 0; i < Length; i++)
            {
                byte c = buffer[offset + i];
                bool isLetter = i < IdLength ? c >= 'A' && c <= 'F' : (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                if (!isLetter && !(c >= '0' && c <= '9'))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Overwrites both.</summary>
        public void Forget()
        {
            Array.Clear(Id, 0, IdLength);
            Array.Clear(Password, 0, PasswordLength);
        }

        /// <summary>Says that they are there, and nothing of them.</summary>
        public override string ToString()
        {
            return "route-B credentials (not shown)";
        }
    }
}
