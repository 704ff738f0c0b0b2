using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace NanoComm.Keys
{
    /// <summary>What a server or the way to it fails with, in words that say what to do.</summary>
    internal sealed class PostgresFault
    {
        private readonly string _ledger;
        private readonly string _user;

        public PostgresFault(string ledger, string user)
        {
            _ledger = ledger;
            _user = user;
        }

        /// <summary>Whether a second try is worth it: another clerk was in the way, or the server went away and may come back.</summary>
        public static bool IsPassing(DbException error)
        {
            return IsGone(error) || error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
        }

        /// <summary>Whether the connection was lost or refused.</summary>
        public static bool IsGone(DbException error)
        {
            if (error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow)
            {
                return true;
            }

            if (error.InnerException is AggregateException several)
            {
                return several.InnerExceptions.All(one => one is DbException cause && IsGone(cause));
            }

            return error is not PostgresException
                && error.InnerException is SocketException or IOException { InnerException: not AuthenticationException };
        }

        /// <summary>What happened, and what to do.</summary>
        public string Describe(DbException error)
        {
            // Of several servers: one that is there, and does not do, is more worth a word than one that is not.
            DbException cause = error.InnerException is AggregateException several
                ? several.InnerExceptions.OfType<DbException>().OrderBy(IsGone).FirstOrDefault() ?? error : error;
            return cause is PostgresException said ? OfServer(said) : OfConnection(cause);
        }

        private string OfServer(PostgresException error) => error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"the server of the ledger {_ledger} does not let the user '{_user}' in ({error.MessageText}): name another with USER@, or "
                + "put the password into ~/.pgpass or PGPASSWORD",
            PostgresErrorCodes.InvalidCatalogName => $"{error.MessageText} on the server of the ledger {_ledger}: make it (createdb), or "
                + "name another",
            PostgresErrorCodes.InsufficientPrivilege => $"the user '{_user}' may not do that in the ledger {_ledger} ({error.MessageText}): "
                + "a clerk needs the role nanocomm_clerk, who only looks nanocomm_reader (kms roles)",
            PostgresErrorCodes.ReadOnlySqlTransaction => $"the server of the ledger {_ledger} takes no changes now: it is a standby, or set "
                + "to read only; name the one that does, or all of them with target_session_attrs=read-write",
            PostgresErrorCodes.DiskFull => $"there is no room left on the server of the ledger {_ledger}: make room, and do it again",
            PostgresErrorCodes.TooManyConnections => $"the server of the ledger {_ledger} has no connection left: try again",
            PostgresErrorCodes.LockNotAvailable => $"another clerk is busy with the same units in the ledger {_ledger}, or enters units: try again",
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
                $"other clerks were in the way in the ledger {_ledger} again and again: try again",
            PostgresErrorCodes.UniqueViolation => $"another clerk has entered the same in the ledger {_ledger} meanwhile: try again",
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => $"the ledger {_ledger} lacks what this program knows "
                + $"({error.MessageText}): restore a backup, or take the nanocomm that made it",
            _ when IsGone(error) => $"the server of the ledger {_ledger} is shutting down or starting ({error.MessageText}): do it again "
                + "when it is up",
            _ => $"the server of the ledger {_ledger} failed: {error.MessageText}",
        };

        private string OfConnection(DbException error)
        {
            for (Exception cause = error.InnerException; cause is not null; cause = cause.InnerException)
            {
                if (cause is AuthenticationException)
                {
                    return $"the server of the ledger {_ledger} has no certificate that is known here and of its name ({cause.Message}): "
                        + "name the one who signs it with sslrootcert=FILE, and the server as its certificate does";
                }
            }

            if (error.Message.StartsWith("SSL connection requested", StringComparison.Ordinal))
            {
                return $"the server of the ledger {_ledger} offers no encryption: have it switched on there (ssl = on), or say sslmode=disable "
                    + "if the way there is safe";
            }

            if (error.InnerException is TimeoutException)
            {
                return $"the server of the ledger {_ledger} does not answer: see that it runs and can be reached, and do it again";
            }

            return IsGone(error)
                ? $"the server of the ledger {_ledger} cannot be reached, or is gone ({error.InnerException.Message}): see that it runs, and "
                + "do it again"
                : $"the ledger {_ledger} failed: {error.Message}";
        }
    }
}
