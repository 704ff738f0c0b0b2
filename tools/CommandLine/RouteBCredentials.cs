using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// What opens a B route (requirement R13): the authentication id, 32 hexadecimal digits, and the password, 12
    /// alphanumeric characters. Neither is ever part of a message or of an error.
    /// </summary>
    public sealed class RouteBCredentials
    {
        /// <summary>Hexadecimal digits of the id.</summary>
        public const int IdLength = 32;

        /// <summary>Characters of the password.</summary>
        public const int PasswordLength = 12;

        /// <summary>The unit's durable record: id and password in ASCII, one behind the other.</summary>
        public const string RecordName = RecordCatalogue.RouteBCredentials;

        /// <summary>What a password is made of here: letters and digits without 0 O o 1 I l, which cost 1.8 of 71.4
        /// bits and most of the typing errors. Passwords made elsewhere may have any letter and digit.</summary>
        public const string PasswordAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

        /// <summary>A pair that everybody knows, of the virtual board: it protects nothing.</summary>
        public static readonly RouteBCredentials MadeUp = new("00112233445566778899AABBCCDDEEFF", "0123456789AB");

        private RouteBCredentials(string id, string password)
        {
            Id = id;
            Password = password;
        }

        /// <summary>The strength of a password made here, in bits: 69.7.</summary>
        public static double PasswordBits => PasswordLength * Math.Log2(PasswordAlphabet.Length);

        /// <summary>The id, in upper case.</summary>
        public string Id { get; }

        /// <summary>The password.</summary>
        public string Password { get; }

        /// <summary>Makes a pair that nobody can guess: 128 bits of id, <see cref="PasswordBits"/> of password.</summary>
        public static RouteBCredentials Make()
        {
            return new RouteBCredentials(RandomNumberGenerator.GetHexString(IdLength),
                RandomNumberGenerator.GetString(PasswordAlphabet, PasswordLength));
        }

        /// <summary>Takes a pair that the user gave.</summary>
        /// <param name="idOption">The option of the id, for the error.</param>
        /// <param name="id">What was given for it, in either case.</param>
        /// <param name="passwordOption">The option of the password, for the error.</param>
        /// <param name="password">What was given for it.</param>
        /// <exception cref="UserError">One of them has not its form.</exception>
        public static RouteBCredentials Parse(string idOption, string id, string passwordOption, string password)
        {
            if (id.Length != IdLength || !id.All(char.IsAsciiHexDigit))
            {
                throw new UserError(Words.Of($"{idOption}: a route-B id has {IdLength} hexadecimal digits (0-9, A-F) without "
                    + $"blanks; these are {id.Length} characters{Others(id.Count(c => !char.IsAsciiHexDigit(c)))}"));
            }

            if (!IsPassword(password))
            {
                throw new UserError(Words.Of($"{passwordOption}: a route-B password has {PasswordLength} letters and digits; "
                    + $"these are {password.Length} characters{Others(password.Count(c => !char.IsAsciiLetterOrDigit(c)))}"));
            }

            return new RouteBCredentials(id.ToUpperInvariant(), password);
        }

        /// <summary>Reads the unit's pair.</summary>
        /// <returns>The pair, or null when there is none, or none that makes sense.</returns>
        public static RouteBCredentials Read(IDurableStore store)
        {
            var record = new byte[IdLength + PasswordLength];
            if (store.Read(RecordName, record) != record.Length)
            {
                return null;
            }

            string id = Encoding.ASCII.GetString(record, 0, IdLength);
            string password = Encoding.ASCII.GetString(record, IdLength, PasswordLength);
            return id.All(char.IsAsciiHexDigit) && IsPassword(password)
                ? new RouteBCredentials(id.ToUpperInvariant(), password)
                : null;
        }

        /// <summary>Makes the pair the unit's, in place of any other.</summary>
        /// <returns>Whether the store took it.</returns>
        public bool Write(IDurableStore store)
        {
            byte[] record = Encoding.ASCII.GetBytes(Id + Password);
            return Inbox.TryWrite(store, RecordName, record);
        }

        /// <summary>Whether it is the same pair.</summary>
        public bool IsSameAs(RouteBCredentials other)
        {
            return other is not null && other.Id == Id && other.Password == Password;
        }

        private static bool IsPassword(string text)
        {
            return text.Length == PasswordLength && text.All(char.IsAsciiLetterOrDigit);
        }

        private static string Others(int count)
        {
            return count == 0 ? "" : Words.Of($", {count} of them something else");
        }
    }
}
