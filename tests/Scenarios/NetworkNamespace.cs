using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A network of its own (Linux): what runs in it, programs and sockets, has its interfaces and no others. It
    /// belongs to one thread, and is gone with it and with what it started.</summary>
    internal sealed class NetworkNamespace : IDisposable
    {
        private const int NewNetwork = 0x40000000;

        private readonly BlockingCollection<Action> _work = new();
        private readonly Thread _thread;
        private Process _holder;

        /// <summary>Makes it with its loopback up.</summary>
        public NetworkNamespace()
        {
            _thread = new Thread(() =>
            {
                foreach (Action action in _work.GetConsumingEnumerable())
                {
                    action();
                }
            }) { IsBackground = true };
            _thread.Start();
            int error = Run(() => unshare(NewNetwork) == 0 ? 0 : Marshal.GetLastPInvokeError());
            if (error != 0)
            {
                Dispose();
                Assert.Ignore($"this user may make no network namespaces ({new Win32Exception(error).Message}): run it as root");
            }

            Ip("link set lo up");
            _holder = Run(() => Process.Start("sleep", "600"));
        }

        /// <summary>A process in it, by which another namespace can name it.</summary>
        public int Id => _holder.Id;

        /// <summary>Runs something in it; sockets and programs that it makes stay there.</summary>
        public T Run<T>(Func<T> function)
        {
            T result = default;
            ExceptionDispatchInfo failure = null;
            using var done = new ManualResetEventSlim();
            _work.Add(() =>
            {
                try
                {
                    result = function();
                }
                catch (Exception any)
                {
                    failure = ExceptionDispatchInfo.Capture(any);
                }

                done.Set();
            });
            done.Wait();
            failure?.Throw();
            return result;
        }

        /// <summary>Runs the command ip in it.</summary>
        public void Ip(string arguments)
        {
            using Process ip = Run(() => Process.Start("ip", arguments));
            ip.WaitForExit();
            Assert.That(ip.ExitCode, Is.Zero, "ip " + arguments);
        }

        public void Dispose()
        {
            _holder?.Kill();
            _holder?.Dispose();
            _work.CompleteAdding();
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int unshare(int flags);
    }
}
