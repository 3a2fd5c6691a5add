"""What the providers document of their endpoints, enforced: a wrong parameter is refused as they refuse it.

The sources stand at the head of the profiles in models/endpoints/. What a provider passes over in silence and what
costs money or time (a limit that it does not know, thinking) is acted out.
"""

from tests.llm.fake_cloud import Behaviour, Connection, Request

ANSWER = "A volcano is a mountain that can erupt."
_COMMON = {"model", "messages", "stream", "stream_options", "temperature", "tools", "tool_choice"}


async def _refused(connection: Connection, message: str, code: str | None = "unsupported_parameter") -> None:
    await connection.error(400, message, code, "invalid_request_error")


async def gpt_4o_mini(request: Request, connection: Connection) -> None:
    body = request.body
    strange = body.keys() - _COMMON - {"max_tokens", "max_completion_tokens"}
    if body["model"] != "gpt-4o-mini":
        await connection.error(404, "The model does not exist", "model_not_found", "invalid_request_error")
    elif strange:
        await _refused(connection, f"Unrecognized request argument supplied: {strange.pop()}")
    elif body.get("max_tokens", body.get("max_completion_tokens", 0)) > 16_384:
        await _refused(connection, "max_tokens is too large", "invalid_value")
    else:
        await connection.answer(ANSWER)


async def gpt_6_luna(request: Request, connection: Connection) -> None:
    body = request.body
    if "max_tokens" in body:
        await _refused(connection, "Use 'max_completion_tokens' instead.")
    elif "temperature" in body and body.get("reasoning_effort") != "none":
        await _refused(connection, "Only the default (1) value is supported.", "unsupported_value")
    elif body.get("reasoning_effort", "medium") != "none":  # it thinks until the limit
        await connection.head()
        await connection.text("", "length")
        await connection.usage(30, body["max_completion_tokens"])
    else:
        await connection.answer(ANSWER)


async def reasoning_model_of_openai(request: Request, connection: Connection) -> None:
    body = request.body
    if "max_tokens" in body:
        await _refused(connection, "Use 'max_completion_tokens' instead.")
    elif body.get("temperature", 1) != 1:
        await _refused(connection, "Only the default (1) value is supported.", "unsupported_value")
    else:
        await connection.answer(ANSWER)


async def groq(request: Request, connection: Connection) -> None:
    body = request.body
    refused = {"logprobs", "logit_bias", "top_logprobs"} & body.keys()
    if refused or body.get("n", 1) != 1 or any("name" in message for message in body["messages"]):
        await connection.error(400, f"property {refused or 'name'} is unsupported", None, "invalid_request_error")
    elif "max_tokens" in body:
        await connection.error(400, "max_tokens is deprecated", None, "invalid_request_error")
    elif body["temperature"] == 0:
        await connection.error(400, "temperature is changed to 1e-8", None, "invalid_request_error")
    else:
        await connection.head()
        await connection.text(ANSWER, "stop")
        await connection.usage(30, 7, queue_time=0.1, total_time=0.2)
        await connection.done()


async def anthropic(request: Request, connection: Connection) -> None:
    body = request.body
    if not 0 <= body.get("temperature", 1) <= 1:
        await connection.error(400, "temperature: above 1", None, "invalid_request_error")
    elif [message["role"] for message in body["messages"]].count("system") > 1:
        await connection.error(400, "system messages are moved to the beginning", None, "invalid_request_error")
    elif body.get("n", 1) != 1 or not body.keys() & {"max_tokens", "max_completion_tokens"}:
        await connection.error(400, "n must be 1", None, "invalid_request_error")
    else:
        await connection.head()
        await connection.text(ANSWER, "stop")
        await connection.usage(30, 7, prompt_tokens_details=None)
        await connection.done()


async def ollama(request: Request, connection: Connection) -> None:
    body = request.body
    await connection.head()
    if body.get("reasoning_effort") != "none":
        await connection.text("", reasoning="Let me think. " * 200)
    text = ANSWER if "max_tokens" in body else f"{ANSWER} " * 1000
    await connection.text(text, "stop")
    await connection.usage(30, 7, prompt_tokens_details=None)
    await connection.done()


async def llama_server(request: Request, connection: Connection) -> None:
    if not request.body.get("stream"):
        await connection.error(400, "this one streams", None, "invalid_request_error")
        return
    await connection.head()
    await connection.text("")
    await connection.text(ANSWER)
    await connection.text("", "stop")
    usage = {"prompt_tokens": 30, "completion_tokens": 7, "total_tokens": 37}
    await connection.event({"choices": [], "usage": usage, "timings": {"cache_n": 3}})
    await connection.done()


async def vllm(request: Request, connection: Connection) -> None:
    body = request.body
    if body.get("reasoning_effort", "low") not in {"low", "medium", "high"}:
        await connection.error(400, "Input should be 'low', 'medium' or 'high'", None, "BadRequestError")
    elif "max_tokens" in body:
        await connection.error(400, "max_tokens is deprecated", None, "BadRequestError")
    else:
        await connection.answer(ANSWER)


PROVIDERS: dict[str, Behaviour] = {
    "gpt-4o-mini": gpt_4o_mini,
    "gpt-6-luna": gpt_6_luna,
    "openai": reasoning_model_of_openai,
    "groq": groq,
    "anthropic": anthropic,
    "ollama": ollama,
    "llama-server": llama_server,
    "vllm": vllm,
    "compatible": gpt_4o_mini,
}
"""By the name of the profile."""
