using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Route-B authentication id, 32 hexadecimal digits, and password, 12 letters and digits (requirement R13), kept
    /// as one durable record: id 32 in capitals, password 12, ASCII. The unit only reads it. Never shown: not in logs,
    /// not by <see cref="ToString"/>.
    /// </summary>
    public sealed class RouteBCredentials
    {
        /// <summary>Length of the id in characters.</summary>
        public const int IdLength = 32;

        /// <summary>Length of the password in characters.</summary>
        public const int PasswordLength = 12;

        /// <summary>The durable record's name.</summary>
        public const string Record = RecordCatalogue.RouteBCredentials;

        private RouteBCredentials(byte[] id, byte[] password)
        {
            Id = id;
            Password = password;
        }

        internal byte[] Id { get; }

        internal byte[] Password { get; }

        /// <summary>Reads the record.</summary>
        /// <param name="store">Holds it.</param>
        /// <returns>Null when there is none, or one of another form.</returns>
        public static RouteBCredentials Read(IDurableStore store)
        {
            var record = new byte[IdLength + PasswordLength];
            return store.Read(Record, record) == record.Length ? Parse(record) : null;
        }

        /// <summary>Says that they are there, and nothing of them.</summary>
        public override string ToString()
        {
            return "route-B credentials (not shown)";
        }

        private static RouteBCredentials Parse(byte[] record)
        {
            var id = new byte[IdLength];
            var password = new byte[PasswordLength];
            for (int i = 0; i < IdLength; i++)
            {
                id[i] = record[i];
                if (!IsDigit(id[i]) && !(id[i] >= 'A' && id[i] <= 'F'))
                {
                    return null;
                }
            }

            for (int i = 0; i < PasswordLength; i++)
            {
                byte c = record[IdLength + i];
                password[i] = c;
                if (!IsDigit(c) && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
                {
                    return null;
                }
            }

            return new RouteBCredentials(id, password);
        }

        private static bool IsDigit(byte c)
        {
            return c >= '0' && c <= '9';
        }
    }
}
