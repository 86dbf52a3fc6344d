using System.Text.Json.Nodes;

namespace Facts.Api.Tests.Pages;

/// <summary>One page of a browser.</summary>
sealed class Tab(Browser browser, string session, string target)
{
    TaskCompletionSource _loaded = new();

    /// <summary>Addresses of the documents that were asked for since <see cref="GoAsync"/>.</summary>
    public List<string> Documents { get; } = [];

    /// <summary>Complaints of the page: refused by its policy, or thrown by its script.</summary>
    public List<string> Complaints { get; } = [];

    public Task<JsonNode> SendAsync(string method, object? parameters = null) => browser.SendAsync(method, parameters, session);

    public void Take(string method, JsonNode parameters)
    {
        if (method == "Page.loadEventFired") _loaded.TrySetResult();
        if (method == "Network.requestWillBeSent" && parameters["type"]?.GetValue<string>() == "Document")
            lock (Documents) Documents.Add(parameters["request"]!["url"]!.GetValue<string>());
        if (method == "Runtime.exceptionThrown") lock (Complaints) Complaints.Add(parameters.ToJsonString());
    }

    public async Task GoAsync(string address)
    {
        await LoadAsync(() => SendAsync("Page.navigate", new { url = address }));
        lock (Documents) Documents.Clear();
    }

    /// <summary>Does something after which a page is loaded.</summary>
    public async Task LoadAsync(Func<Task> act)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await act();
        await _loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> ReadAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate", new { expression = $"(async () => String({expression}))()", awaitPromise = true, returnByValue = true });
        Assert.Null(answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"]!.GetValue<string>();
    }

    public Task TypeAsync(string text) => SendAsync("Input.insertText", new { text });

    /// <summary>Types key by key, so that the page sees every one.</summary>
    public async Task KeysAsync(string text)
    {
        foreach (var c in text) await SendAsync("Input.dispatchKeyEvent", new { type = "char", text = c.ToString() });
    }

    public async Task PressAsync(string key)
    {
        var text = key == "Enter" ? "\r" : key == " " ? " " : null;
        var code = key switch { "Enter" => 13, "Tab" => 9, "Escape" => 27, " " => 32, _ => 0 };
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key == " " ? "Space" : key, text, windowsVirtualKeyCode = code });
        await SendAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key == " " ? "Space" : key, windowsVirtualKeyCode = code });
    }

    public Task SizeAsync(int width, int height) =>
        SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });

    public Task MediaAsync(string media, string scheme) =>
        SendAsync("Emulation.setEmulatedMedia", new { media, features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    public Task ScriptsAsync(bool allowed) => SendAsync("Emulation.setScriptExecutionDisabled", new { value = !allowed });

    /// <summary>Sets the reader's language.</summary>
    public Task LanguageAsync(string language) =>
        SendAsync("Emulation.setUserAgentOverride", new { userAgent = "Mozilla/5.0 Chromium", acceptLanguage = language });

    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((await SendAsync("Page.captureScreenshot", new { format = "png" }))["data"]!.GetValue<string>());

    public Task CloseAsync() => browser.SendAsync("Target.closeTarget", new { targetId = target });
}
