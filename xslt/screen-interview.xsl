<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of an interview: one question a page, the note for whoever
     asks apart from it, and what the answers support behind a tap. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" xmlns:v="urn:ihala:interview:1"
    exclude-result-prefixes="ih p l v">

  <xsl:variable name="draft" select="concat('/interview/', key('field', 'code')[1])"/>
  <xsl:variable name="at" select="$page/p:data/p:printed/v:*[1]"/>
  <xsl:variable name="changes" select="$page/@screen = 'interview-change'"/>

  <!-- ==== those that were begun, and a new one -->
  <xsl:template match="p:page[@screen = 'interviews']" mode="main">
    <h1><xsl:value-of select="ih:word('screen.title.interviews', '')"/></h1>
    <form method="post" action="/interview" class="begin">
      <xsl:call-template name="tokens"/>
      <xsl:call-template name="radios">
        <xsl:with-param name="name" select="'instrument'"/>
        <xsl:with-param name="label" select="ih:word('screen.interview.which', '')"/>
        <xsl:with-param name="options" select="key('data', 'instruments')/p:printed/l:instruments/l:instrument"/>
      </xsl:call-template>
      <xsl:call-template name="select-coded">
        <xsl:with-param name="name" select="'language'"/>
        <xsl:with-param name="label" select="ih:word('screen.interview.language', '')"/>
        <xsl:with-param name="key" select="'screen.language'"/>
        <xsl:with-param name="codes" select="'ar fr en'"/>
      </xsl:call-template>
      <xsl:call-template name="select-coded">
        <xsl:with-param name="name" select="'channel'"/>
        <xsl:with-param name="label" select="ih:word('screen.interview.channel', '')"/>
        <xsl:with-param name="key" select="'screen.channel'"/>
        <xsl:with-param name="codes" select="'police border hospital ngo hotline self'"/>
      </xsl:call-template>
      <button><xsl:value-of select="ih:word('screen.interview.begin', '')"/></button>
    </form>
    <xsl:variable name="begun" select="key('data', 'begun')/p:printed/l:interviews"/>
    <xsl:if test="$begun/l:interview">
      <h2><xsl:value-of select="ih:word('screen.interview.begun', '')"/></h2>
      <table class="cards">
        <thead><tr>
          <th scope="col"><xsl:value-of select="$begun/l:column[@key = 'code']/@title"/></th>
          <th scope="col"><xsl:value-of select="$begun/l:column[@key = 'user']/@title"/></th>
          <th scope="col"><xsl:value-of select="$begun/l:column[@key = 'saved']/@title"/></th>
          <th scope="col"><xsl:value-of select="$begun/l:column[@key = 'kept-until']/@title"/></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="$begun/l:interview">
            <tr>
              <td data-title="{../l:column[@key = 'code']/@title}"><xsl:choose>
                <xsl:when test="@user = $page/@user"><a href="/interview/{@code}"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a></xsl:when>
                <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></xsl:otherwise>
              </xsl:choose></td>
              <td data-title="{../l:column[@key = 'user']/@title}"><bdi><xsl:value-of select="@user"/></bdi></td>
              <td data-title="{../l:column[@key = 'saved']/@title}"><xsl:value-of select="ih:date(string(@saved), '')"/></td>
              <td data-title="{../l:column[@key = 'kept-until']/@title}"><xsl:value-of select="ih:date(string(@kept-until), '')"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template match="l:instrument" mode="option">
    <xsl:param name="name"/>
    <div class="choice">
      <input type="radio" name="{$name}" id="f-{$name}-{@id}" value="{@id}" required="required">
        <xsl:if test="position() = 1"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
      </input>
      <label for="f-{$name}-{@id}"><xsl:value-of select="@title"/><span class="hint"><xsl:value-of select="concat(' ', ih:say('screen.interview.questions', '', number(@items)))"/></span></label>
    </div>
  </xsl:template>

  <!-- ==== a question -->
  <xsl:template match="p:page[@screen = 'interview' or @screen = 'interview-item' or @screen = 'interview-change']" mode="main">
    <xsl:choose>
      <xsl:when test="not($at)"><h1><xsl:value-of select="ih:word('screen.title.interview', '')"/></h1><xsl:apply-templates select="p:data/p:failure"/></xsl:when>
      <xsl:when test="$at/v:section/v:item"><xsl:apply-templates select="$at/v:section" mode="ask"/></xsl:when>
      <xsl:when test="$at/@declined = 'yes'">
        <h1><xsl:value-of select="ih:word('screen.interview.declined.title', '')"/></h1>
        <p><xsl:value-of select="ih:word('interview.declined', '')"/></p>
        <xsl:call-template name="finish"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="urgency"/>
        <h1><xsl:value-of select="ih:word('screen.interview.all-asked.title', '')"/></h1>
        <p><xsl:value-of select="ih:word('interview.all-asked', '')"/></p>
        <p><a class="button" href="{$draft}/review"><xsl:value-of select="ih:word('screen.interview.review', '')"/></a></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Nothing on it tells a third person what it is about. -->
  <xsl:template name="urgency">
    <xsl:if test="$at/@urgent = 'yes'">
      <div class="urgent" role="status"><p><strong><xsl:value-of select="ih:word('screen.interview.urgent', '')"/></strong>
        <xsl:text> </xsl:text><a href="{$draft}/now"><xsl:value-of select="ih:word('screen.interview.now', '')"/></a></p></div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="v:section" mode="ask">
    <xsl:variable name="item" select="v:item"/>
    <p class="progress">
      <xsl:value-of select="ih:say('interview.part', '', number(@number), number(@of), string(v:title/v:text[1]))"/>
      <xsl:if test="$at/v:progress/@minutes">
        <span class="hint"><xsl:value-of select="concat(' ', ih:say('screen.interview.minutes', '', number($at/v:progress/@minutes)))"/></span>
      </xsl:if>
    </p>
    <xsl:call-template name="urgency"/>
    <form method="post" class="question">
      <xsl:attribute name="action">
        <xsl:value-of select="$draft"/>
        <xsl:choose><xsl:when test="$changes">/change/</xsl:when><xsl:otherwise>/item/</xsl:otherwise></xsl:choose>
        <xsl:value-of select="$item/@id"/>
      </xsl:attribute>
      <xsl:call-template name="tokens"/>
      <xsl:choose>
        <xsl:when test="$item/v:choice">
          <fieldset>
            <legend><h1><xsl:value-of select="$item/v:question/v:text[1]"/></h1></legend>
            <xsl:if test="$item/@type = 'choices'"><p class="hint"><xsl:value-of select="ih:word('screen.interview.several', '')"/></p></xsl:if>
            <xsl:apply-templates select="$item/v:note"/>
            <xsl:apply-templates select="$item/v:choice"/>
          </fieldset>
        </xsl:when>
        <xsl:otherwise>
          <h1><label for="answer"><xsl:value-of select="$item/v:question/v:text[1]"/></label></h1>
          <xsl:apply-templates select="$item/v:note"/>
          <xsl:apply-templates select="$item" mode="typed"/>
        </xsl:otherwise>
      </xsl:choose>
      <button><xsl:value-of select="ih:word('screen.interview.save', '')"/></button>
      <div class="apart" role="group" aria-label="{ih:word('screen.interview.instead', '')}">
        <xsl:call-template name="instead"><xsl:with-param name="state" select="'unknown'"/></xsl:call-template>
        <xsl:call-template name="instead"><xsl:with-param name="state" select="'refused'"/></xsl:call-template>
        <xsl:call-template name="instead"><xsl:with-param name="state" select="'blank'"/></xsl:call-template>
      </div>
      <details>
        <summary><xsl:value-of select="ih:word('screen.interview.by', '')"/></summary>
        <xsl:variable name="by" select="$item/v:answer/@by"/>
        <xsl:call-template name="select-coded">
          <xsl:with-param name="name" select="'by'"/>
          <xsl:with-param name="label" select="ih:word('screen.interview.by.label', '')"/>
          <xsl:with-param name="key" select="'screen.by'"/>
          <xsl:with-param name="codes" select="'person interpreter guardian observed document'"/>
          <xsl:with-param name="chosen" select="string($by)"/>
          <xsl:with-param name="none" select="ih:word('screen.by.usual', '')"/>
        </xsl:call-template>
      </details>
    </form>
    <xsl:apply-templates select="$item/v:question/v:text[2]" mode="other"/>
    <nav class="steps" aria-label="{ih:word('screen.interview.steps', '')}">
      <xsl:if test="$item/@previous and not($changes)"><a href="{$draft}/item/{$item/@previous}"><xsl:value-of select="ih:word('screen.interview.back', '')"/></a></xsl:if>
      <a href="{$draft}/review"><xsl:value-of select="ih:word('screen.interview.review', '')"/></a>
      <a href="{$draft}/now"><xsl:value-of select="ih:word('screen.interview.so-far', '')"/></a>
      <a href="/interview"><xsl:value-of select="ih:word('screen.interview.later', '')"/></a>
    </nav>
  </xsl:template>

  <!-- For whoever asks, and nobody else: apart, and not read out. -->
  <xsl:template match="v:note">
    <aside class="for-you"><strong><xsl:value-of select="ih:word('screen.interview.for-you', '')"/></strong><xsl:text> </xsl:text><xsl:value-of select="v:text[1]"/></aside>
  </xsl:template>

  <!-- As it stands. -->
  <xsl:template match="v:choice">
    <xsl:variable name="several" select="../@type = 'choices'"/>
    <div class="choice">
      <input name="value" id="v-{@code}" value="{@code}">
        <xsl:attribute name="type"><xsl:choose><xsl:when test="$several">checkbox</xsl:when><xsl:otherwise>radio</xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:if test="@code = ../v:answer/v:value"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
        
      </input>
      <label for="v-{@code}"><xsl:value-of select="v:text[1]"/></label>
    </div>
  </xsl:template>

  <xsl:template match="v:item" mode="typed">
    <xsl:variable name="value" select="v:answer/v:value[1]"/>
    <xsl:choose>
      <xsl:when test="@type = 'text'">
        <textarea id="answer" name="text" rows="4" dir="auto" autocomplete="off"><xsl:value-of select="$value"/></textarea>
      </xsl:when>
      <xsl:otherwise>
        <p class="hint" id="hint"><xsl:choose>
          <xsl:when test="@type = 'date'"><xsl:value-of select="ih:word('screen.interview.date', '')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="ih:say('interview.from-to', '', number(@least), number(@most))"/></xsl:otherwise>
        </xsl:choose></p>
        <input id="answer" name="text" type="text" inputmode="numeric" dir="ltr" autocomplete="off" aria-describedby="hint" class="short" value="{$value}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- As good an answer as any other. -->
  <xsl:template name="instead">
    <xsl:param name="state"/>
    <button class="second" name="state" value="{$state}">
      <xsl:if test="$at/v:section/v:item/v:answer/@state = $state"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
      <xsl:value-of select="ih:word(concat('screen.interview.', $state), '')"/>
    </button>
  </xsl:template>

  <!-- The same in the language of the person, one tap away. -->
  <xsl:template match="v:text" mode="other">
    <xsl:variable name="lang" select="substring(@xml:lang, 1, 2)"/>
    <details class="other" open="open">
      <summary><xsl:value-of select="ih:word(concat('screen.language.', $lang), '')"/></summary>
      <div lang="{@xml:lang}">
        <xsl:attribute name="dir"><xsl:choose><xsl:when test="$lang = 'ar'">rtl</xsl:when><xsl:otherwise>ltr</xsl:otherwise></xsl:choose></xsl:attribute>
        <p class="asked"><xsl:value-of select="."/></p>
        <xsl:if test="../../v:choice"><ul><xsl:for-each select="../../v:choice"><li><xsl:value-of select="v:text[2]"/></li></xsl:for-each></ul></xsl:if>
      </div>
    </details>
  </xsl:template>

  <!-- ==== the review -->
  <xsl:template match="p:page[@screen = 'interview-review']" mode="main">
    <h1><xsl:value-of select="ih:word('screen.title.interview-review', '')"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:if test="$at">
      <xsl:call-template name="urgency"/>
      <xsl:variable name="open" select="count($at/v:section/v:item[@heard = 'no'])"/>
      <p><xsl:value-of select="ih:say('screen.interview.open', '', $open)"/>
        <xsl:if test="$open &gt; 0"><xsl:text> </xsl:text><a href="{$draft}"><xsl:value-of select="ih:word('screen.interview.go-on', '')"/></a></xsl:if></p>
      <xsl:for-each select="$at/v:section[v:item]">
        <h2><xsl:value-of select="v:title/v:text[1]"/></h2>
        <dl class="review"><xsl:apply-templates select="v:item" mode="review"/></dl>
      </xsl:for-each>
      <xsl:variable name="aside" select="$at/v:set-aside/v:item | $at/v:section/v:set-aside"/>
      <xsl:if test="$aside">
        <h2><xsl:value-of select="ih:word('screen.interview.aside', '')"/></h2>
        <p><xsl:value-of select="ih:word('screen.interview.aside.why', '')"/></p>
        <dl class="review"><xsl:apply-templates select="$aside" mode="review"/></dl>
      </xsl:if>
      <xsl:call-template name="finish"><xsl:with-param name="open" select="$open"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="v:*" mode="review">
    <div>
      <xsl:attribute name="class"><xsl:if test="@heard = 'no'">open</xsl:if></xsl:attribute>
      <dt><xsl:value-of select="v:question/v:text[1]"/></dt>
      <dd>
        <span><xsl:for-each select="v:answer/v:text"><xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if><bdi><xsl:value-of select="."/></bdi></xsl:for-each></span>
        <a href="{$draft}/change/{@id}"><xsl:value-of select="ih:word('screen.interview.change', '')"/><span class="unseen"><xsl:value-of select="concat(': ', v:question/v:text[1])"/></span></a>
      </dd>
    </div>
  </xsl:template>

  <xsl:template name="finish">
    <xsl:param name="open" select="0"/>
    <section class="finish">
      <h2><xsl:value-of select="ih:word('screen.interview.finish.title', '')"/></h2>
      <p><xsl:value-of select="ih:word('screen.interview.finish.what', '')"/></p>
      <form method="post" action="{$draft}/finish">
        <xsl:call-template name="tokens"/>
        <xsl:if test="$open &gt; 0">
          <div class="choice"><input type="checkbox" id="stopped" name="stopped" value="yes"/><label for="stopped"><xsl:value-of select="ih:word('screen.interview.stopped', '')"/></label></div>
        </xsl:if>
        <button><xsl:value-of select="ih:word('screen.interview.finish', '')"/></button>
      </form>
      <details>
        <summary><xsl:value-of select="ih:word('screen.interview.discard', '')"/></summary>
        <p><xsl:value-of select="ih:word('screen.interview.discard.what', '')"/></p>
        <xsl:call-template name="button-form">
          <xsl:with-param name="action" select="concat($draft, '/discard')"/>
          <xsl:with-param name="label" select="ih:word('screen.interview.discard.do', '')"/>
        </xsl:call-template>
      </details>
    </section>
  </xsl:template>

  <!-- ==== what to do now: behind a tap, never beside a question -->
  <xsl:template match="p:page[@screen = 'interview-now']" mode="main">
    <h1><xsl:value-of select="ih:word('screen.title.interview-now', '')"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:if test="$at">
      <xsl:apply-templates select="$at/v:urgent"/>
      <xsl:apply-templates select="$at/v:framework[@main = 'yes']"/>
      <xsl:if test="$at/v:framework[not(@main = 'yes')]">
        <details>
          <summary><xsl:value-of select="ih:word('screen.now.others', '')"/></summary>
          <xsl:apply-templates select="$at/v:framework[not(@main = 'yes')]"/>
        </details>
      </xsl:if>
      <xsl:if test="$at/v:unanswered">
        <p class="note"><xsl:value-of select="ih:say('screen.now.unanswered', '', number($at/v:unanswered/@blank), number($at/v:unanswered/@unknown), number($at/v:unanswered/@refused))"/></p>
      </xsl:if>
      <p><a class="button" href="{$draft}"><xsl:value-of select="ih:word('screen.interview.go-on', '')"/></a></p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="v:urgent">
    <section>
      <xsl:if test="v:danger[@state = 'now']">
        <div class="urgent">
          <h2><xsl:value-of select="ih:word('screen.now.danger', '')"/></h2>
          <ul><xsl:for-each select="v:danger[@state = 'now']"><li><xsl:value-of select="v:text"/></li></xsl:for-each></ul>
        </div>
      </xsl:if>
      <xsl:if test="v:call">
        <h2><xsl:value-of select="ih:word('screen.now.call', '')"/></h2>
        <xsl:call-template name="calls"><xsl:with-param name="of" select="v:call"/></xsl:call-template>
      </xsl:if>
      <xsl:if test="v:danger[@state = 'check']">
        <details><summary><xsl:value-of select="ih:word('screen.now.check', '')"/></summary>
          <ul><xsl:for-each select="v:danger[@state = 'check']"><li><xsl:value-of select="v:text"/></li></xsl:for-each></ul></details>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="v:framework">
    <section class="framework">
      <h2><xsl:value-of select="v:title/v:text"/></h2>
      <p class="outcome"><strong><xsl:value-of select="v:outcome/v:text"/></strong></p>
      <xsl:if test="v:indicator | v:dimension/v:indicator">
        <h3><xsl:value-of select="ih:word('screen.now.why', '')"/></h3>
        <ul><xsl:for-each select="v:indicator | v:dimension/v:indicator"><xsl:apply-templates select="." mode="why"/></xsl:for-each></ul>
      </xsl:if>
      <xsl:if test="v:settle">
        <details><summary><xsl:value-of select="ih:word('screen.now.settle', '')"/></summary>
          <ol><xsl:for-each select="v:settle"><li><a href="{$draft}/item/{@item}"><xsl:value-of select="v:question/v:text"/></a></li></xsl:for-each></ol></details>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="v:*" mode="why">
    <li>
      <xsl:value-of select="(v:title | v:label)/v:text | v:text"/>
      <xsl:for-each select="v:because | v:answer">
        <span class="hint"><xsl:text> </xsl:text><xsl:value-of select="v:question/v:text"/><xsl:text> </xsl:text><bdi><xsl:value-of select="v:answer/v:text | v:text"/></bdi></span>
      </xsl:for-each>
      <xsl:for-each select="v:source"><span class="hint"><xsl:text> (</xsl:text><bdi><xsl:value-of select="."/></bdi><xsl:text>)</xsl:text></span></xsl:for-each>
    </li>
  </xsl:template>

  <!-- ==== it became a case: before what was done, what is to be done now -->
  <xsl:template match="p:page[@screen = 'interview-done']" mode="first">
    <xsl:call-template name="case-urgency"/>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'interview-done']" mode="main">
    <h1><xsl:value-of select="ih:word('screen.interview.done.title', '')"/></h1>
    <p><xsl:value-of select="ih:word('screen.interview.done.receipt', '')"/><xsl:text> </xsl:text><strong><bdi dir="ltr"><xsl:value-of select="key('field', 'code')"/></bdi></strong></p>
    <p><xsl:value-of select="ih:word('screen.interview.done.next', '')"/></p>
    <p><a class="button" href="/case/{key('field', 'code')}"><xsl:value-of select="ih:word('screen.interview.done.case', '')"/></a>
      <xsl:text> </xsl:text><a href="/interview"><xsl:value-of select="ih:word('screen.interview.done.other', '')"/></a></p>
  </xsl:template>
</xsl:stylesheet>
