using System;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace NanoComm.Keys
{
    /// <summary>Two things at a time.</summary>
    internal static class Together
    {
        /// <summary>Does both, and returns when both are done.</summary>
        public static void Do(Action one, Action other)
        {
            try
            {
                Parallel.Invoke(one, other);
            }
            catch (AggregateException error)
            {
                ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
            }
        }
    }
}
